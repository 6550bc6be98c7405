import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { RepairEventV1 } from '@riparo/shared/contracts/repairs.events';
import type { TicketEventV1 } from '@riparo/shared/contracts/tickets.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { follow } from '@riparo/shared/messaging/follow';
import type { Replicas } from '../replica/replicas.js';
import type { Quotes } from '../quote/quote.repository.js';
import { assign } from '../quote/quote.js';
import type { WorkId } from './work.js';

export interface OnWorkDeps extends Pick<Replicas, 'repairs' | 'tickets'> {
  readonly quotes: Quotes;
}

/** More than anybody writes for one repair. */
const MOST = 200;

/** Quotes lie with whoever has the work, because technicians list those of their work. */
export const followAssignee = async (
  quotes: Quotes,
  tenantId: string,
  work: WorkId,
  assignedToUserId: string | undefined,
): Promise<void> => {
  const inTenant = quotes.in(tenantId);
  for (const { id } of await inTenant.list(work, { limit: MOST })) await inTenant.update(id, (quote) => assign(quote, assignedToUserId));
};

/** The copy may be newer than the event, so the assignee is read from the copy. */
const kept = async (
  { quotes }: OnWorkDeps,
  replica: { in(tenantId: string): { find(id: string): Promise<{ readonly assignedToUserId?: string } | undefined> } },
  { tenantid, subject }: EventEnvelope,
  work: WorkId,
): Promise<void> => {
  const known = await replica.in(tenantid).find(subject);
  await followAssignee(quotes, tenantid, work, known?.assignedToUserId);
};

export const onRepair =
  (deps: OnWorkDeps): EventHandler<RepairEventV1> =>
  async (event, delivery) => {
    await follow<RepairEventV1, RepairEventV1['repair']>(deps.repairs, ({ repair }) => repair)(event, delivery);
    await kept(deps, deps.repairs, event, { repairId: event.subject });
  };

export const onTicket =
  (deps: OnWorkDeps): EventHandler<TicketEventV1> =>
  async (event, delivery) => {
    await follow<TicketEventV1, TicketEventV1['ticket']>(deps.tickets, ({ ticket }) => ticket)(event, delivery);
    await kept(deps, deps.tickets, event, { ticketId: event.subject });
  };
