import type { TicketDeps } from '../ticket/deps.js';
import type { TicketState } from '../ticket/ticket.js';

/**
 * Handles the next tickets that match, oldest first, in the order of an index; answers the position behind them. Some of
 * the boundary are handled twice. Only a single millisecond with more tickets than a batch could be cut short.
 */
export const walkTickets = async (
  { tickets }: Pick<TicketDeps, 'tickets'>,
  tenantId: string,
  filter: { readonly active: true } | { readonly customerId: string } | { readonly assetId: string },
  position: string,
  batchSize: number,
  handle: (ticket: TicketState) => Promise<void>,
): Promise<string | undefined> => {
  const from = new Date(position === '' ? 0 : position);
  const batch = await tickets
    .in(tenantId)
    .list({ ...filter, createdAt: { $gte: from } }, { sort: { createdAt: 1, id: 1 }, limit: batchSize });
  for (const ticket of batch) await handle(ticket);
  const last = batch.at(-1);
  if (last === undefined || batch.length < batchSize) return undefined;
  const next = last.createdAt > from ? last.createdAt : new Date(from.getTime() + 1);
  return next.toISOString();
};
