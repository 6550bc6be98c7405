import { TICKET_CATEGORIES, TICKET_PRIORITIES, type TicketCategory, type TicketPriority } from '@riparo/shared/contracts/enums';
import { createBackgroundWorker, type BackgroundWorker } from '@riparo/shared/concurrency/background-worker';
import { createTasks } from '@riparo/shared/concurrency/tasks';
import type { IdSource } from '@riparo/shared/runtime/ids';
import type { Logger } from 'pino';
import { assignByRule } from '../ticket/decide-assignment.js';
import { stampOf } from '../conversation/stamp.js';
import type { TicketState } from '../ticket/ticket.js';
import type { Assigner, AssignerDeps } from './assigner.js';
import { isSkilled } from '../technician/choose-technician.js';
import type { Technician } from '../technician/technician.js';

export interface TicketQueue {
  /** A technician has become available: looks through the queue soon; the caller does not wait. */
  wake(tenantId: string): void;
  /** Tries once more for a ticket that has just begun to wait: a technician may have become free while the ticket was written. */
  offer(tenantId: string, waiting: TicketState): void;
  /** Looks through the queue now. */
  run(tenantId: string): Promise<void>;
  /** Resolves when all runs that were asked for have ended. */
  idle(): Promise<void>;
}

interface Deps extends Pick<AssignerDeps, 'tickets' | 'rulesOf' | 'clock'> {
  readonly assigner: Assigner;
  readonly ids: IdSource;
  readonly log: Logger;
}

const BATCH = 100;
const MOST_URGENT_FIRST = [...TICKET_PRIORITIES].reverse();

type OfferResult = 'given' | 'nobody' | 'gone';

/** Gives one waiting ticket to the best technician. */
const give = async (deps: Deps, tenantId: string, waiting: TicketState, free?: readonly Technician[]): Promise<OfferResult> => {
  const { tickets, assigner, rulesOf, clock, ids } = deps;
  const now = clock.now();
  const choice = await assigner.pick(tenantId, waiting, now, free);
  if (choice === undefined) return 'nobody';
  const [stamp, rules] = [stampOf({ now, ids }), await rulesOf(tenantId)];
  let given = false;
  try {
    const after = await tickets.in(tenantId).update(waiting.id, (before) => assignByRule(before, choice, stamp, rules));
    given = after?.assignedToUserId === choice.technicianId;
  } finally {
    // A technician accepted the ticket meanwhile, or it ended, or the write failed: the seat is given back.
    if (!given) await assigner.align(tenantId, waiting.id, [choice.technicianId]);
  }
  return given ? 'given' : 'gone';
};

/** Categories that the free technicians can do, so that a long queue of other categories is not read. */
const workFor = (free: readonly Technician[]): TicketCategory[] =>
  TICKET_CATEGORIES.filter((category) => free.some(({ skills }) => isSkilled(skills, category)));

/**
 * Hands out the waiting tickets of one priority, oldest first; a ticket that no free technician can take is skipped.
 * Resolves to the technicians who are still free.
 */
const drainPriority = async (
  deps: Deps,
  tenantId: string,
  priority: TicketPriority,
  atFirst: readonly Technician[],
): Promise<readonly Technician[]> => {
  let [free, after] = [atFirst, ''];
  while (free.length > 0) {
    const batch = await deps.tickets
      .in(tenantId)
      .list({ queuedAs: priority, id: { $gt: after }, category: { $in: workFor(free) } }, { sort: { id: 1 }, limit: BATCH });
    for (const waiting of batch) {
      if ((await give(deps, tenantId, waiting, free)) !== 'nobody') free = await deps.assigner.free(tenantId);
      if (free.length === 0) break;
    }
    const last = batch.at(-1);
    if (last === undefined || batch.length < BATCH) break;
    after = last.id;
  }
  return free;
};

export const createTicketQueue = (deps: Deps): TicketQueue => {
  const tasks = createTasks();
  const workers = new Map<string, BackgroundWorker>();

  const run = async (tenantId: string): Promise<void> => {
    let free = await deps.assigner.free(tenantId);
    for (const priority of MOST_URGENT_FIRST) {
      if (free.length === 0) return;
      free = await drainPriority(deps, tenantId, priority, free);
    }
  };
  /** No ticket is lost by this: the tickets still wait, and the job looks again. */
  const warn = (tenantId: string) => (error: unknown) => deps.log.warn({ err: error, tenantId }, 'could not hand out waiting tickets');
  const workerOf = (tenantId: string): BackgroundWorker => {
    const known = workers.get(tenantId);
    if (known !== undefined) return known;
    const worker = createBackgroundWorker({ work: () => run(tenantId), onError: warn(tenantId), tasks });
    workers.set(tenantId, worker);
    return worker;
  };

  return {
    run,
    wake: (tenantId) => workerOf(tenantId).wake(),
    offer: (tenantId, waiting) => tasks.add(give(deps, tenantId, waiting).catch(warn(tenantId))),
    idle: () => tasks.idle(),
  };
};
