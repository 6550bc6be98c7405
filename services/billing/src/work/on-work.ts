import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { RepairEventV1 } from '@riparo/shared/contracts/repairs.events';
import type { TicketEventV1 } from '@riparo/shared/contracts/tickets.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { follow } from '@riparo/shared/messaging/follow';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { Clock } from '@riparo/shared/runtime/clock';
import { closeForEndedWork } from '../quote/clock/close-for-ended-work.js';
import { assign, type Quote, type QuoteDecision } from '../quote/quote.js';
import { MOST_QUOTES, type Quotes } from '../quote/quote.repository.js';
import type { Replicas } from '../replica/replicas.js';
import { repairWork, ticketWork, workFilter, type Work, type WorkId } from './work.js';

export interface OnWorkDeps extends Pick<Replicas, 'repairs' | 'tickets'> {
  readonly quotes: Quotes;
  readonly clock: Clock;
}

type WorkNews = Pick<Work, 'isOver'> & { readonly assignedToUserId?: string | undefined };

const followed = (quote: Quote, { assignedToUserId, isOver }: WorkNews, now: Date): QuoteDecision => {
  const assigned = assign(quote, assignedToUserId);
  const closed: QuoteDecision = isOver ? closeForEndedWork({ ...quote, ...assigned.state }, now) : { state: quote };
  return closed.events === undefined ? assigned : closed;
};

/**
 * Quotes lie with whoever has the work, because technicians list those of their work; with the end of the work ends what
 * waits for an answer. Most events change neither: then no quote is read.
 */
export const followWork = async (quotes: Quotes, tenantId: string, work: WorkId, news: WorkNews, now: Date) => {
  const inTenant = quotes.in(tenantId);
  const { assignedToUserId, isOver } = news;
  const elsewhere = { assignedToUserId: assignedToUserId === undefined ? { $exists: true } : { $ne: assignedToUserId } };
  const behind = { ...workFilter(work), $or: [elsewhere, ...(isOver ? [{ sentStatus: 'SENT' as const }] : [])] };
  const found = await inTenant.page({ filter: behind, sort: { id: 1 }, page: 1, pageSize: MOST_QUOTES, leaveOut: ['versions'] });
  for (const { id } of found.items) await inTenant.update(id, (quote) => followed(quote, news, now));
};

/** The copy may be newer than the event, so the news is read from the copy. */
const onWork =
  <E, T extends object>(
    { quotes, clock }: OnWorkDeps,
    replica: Replica<T>,
    pick: (data: E) => T,
    { toWork, idOf }: { readonly toWork: (copy: T) => Work; readonly idOf: (id: string) => WorkId },
  ): EventHandler<E> =>
  async (event: EventEnvelope<E>, delivery) => {
    await follow<E, T>(replica, pick)(event, delivery);
    const { tenantid, subject } = event;
    const known = await replica.in(tenantid).find(subject);
    if (known !== undefined) await followWork(quotes, tenantid, idOf(subject), toWork(known), clock.now());
  };

export const onRepair = (deps: OnWorkDeps): EventHandler<RepairEventV1> =>
  onWork(deps, deps.repairs, ({ repair }: RepairEventV1) => repair, { toWork: repairWork, idOf: (repairId) => ({ repairId }) });

export const onTicket = (deps: OnWorkDeps): EventHandler<TicketEventV1> =>
  onWork(deps, deps.tickets, ({ ticket }: TicketEventV1) => ticket, { toWork: ticketWork, idOf: (ticketId) => ({ ticketId }) });
