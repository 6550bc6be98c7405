import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { TicketQueue } from './ticket-queue.js';
import { takeBack, type TakeBackDeps } from './on-user.js';
import { holds, occupy, release, withCapacity, type Technician } from '../technician/technician.js';
import { sweepTimeOff } from '../technician/time-off.js';
import type { Technicians } from '../technician/technician.repository.js';

interface Deps extends TakeBackDeps {
  readonly queue: Pick<TicketQueue, 'run'>;
  readonly technicians: Technicians;
  readonly everywhere: AcrossTenants;
  readonly capacity: number;
}

/** Milliseconds. A younger seat may belong to a ticket that is being written at this moment. */
const GRACE_MS = 120_000;
const MAX_TECHNICIANS = 10_000;
const MAX_TICKETS = 5_000;

interface Difference {
  readonly missing: readonly string[];
  readonly stale: readonly string[];
}

/** Compares a technician's seats with the tickets: a crash between two writes leaves a difference. */
const compare = async ({ tickets, clock }: Deps, tenantId: string, technician: Technician): Promise<Difference> => {
  const theirs = await tickets.in(tenantId).list({ holder: technician.id, active: true }, { limit: MAX_TICKETS });
  const ids = new Set(theirs.map(({ id }) => id));
  const oldEnough = new Date(clock.now().getTime() - GRACE_MS);
  return {
    missing: [...ids].filter((id) => !holds(technician, id)),
    stale: technician.places.filter(({ ticketId, since }) => !ids.has(ticketId) && since < oldEnough).map(({ ticketId }) => ticketId),
  };
};

const reconcileTechnician = async (deps: Deps, tenantId: string, technician: Technician): Promise<void> => {
  // A reopened ticket goes back to its former assignee, who may have left meanwhile.
  if (!technician.active) await takeBack(deps, tenantId, technician.id);
  const { missing, stale } = await compare(deps, tenantId, technician);
  const now = deps.clock.now();
  const sweeps = sweepTimeOff(technician, now).state !== technician;
  if (missing.length + stale.length === 0 && technician.capacity === deps.capacity && !sweeps) return;
  await deps.technicians.in(tenantId).update(technician.id, (before) => {
    const swept = sweepTimeOff(before, now).state as Technician;
    const freed = release(swept, stale).state as Technician;
    const filled = missing.reduce((state, id) => occupy(state, id, now).state as Technician, freed);
    return withCapacity(filled, deps.capacity);
  });
};

/**
 * Makes seats agree with tickets and with the configured capacity, drops old times off, then hands out waiting tickets.
 * Runs at the start and by the clock.
 */
export const reconcile = (deps: Deps) => async (): Promise<void> => {
  for (const { tenantId, id } of await deps.everywhere.find({}, MAX_TECHNICIANS)) {
    const technician = await deps.technicians.in(tenantId).find(id);
    if (technician !== undefined) await reconcileTechnician(deps, tenantId, technician);
  }
  for (const tenantId of await deps.everywhere.tenants({ free: true })) await deps.queue.run(tenantId);
};
