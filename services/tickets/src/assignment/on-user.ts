import type { PublishedUser, UserEventV1 } from '@riparo/shared/contracts/auth.events';
import { isTechnician } from '@riparo/shared/contracts/roles';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { IdSource } from '@riparo/shared/runtime/ids';
import type { GiveBackRepairs } from '../repair/give-back-repairs.js';
import { takeFromLeaver } from '../ticket/decide-assignment.js';
import type { Assigner } from './assigner.js';
import type { AssignmentDeps } from './dependencies.js';
import type { TicketQueue } from './ticket-queue.js';
import { stampOf } from '../conversation/stamp.js';
import { withUser, newTechnician, type Technician } from '../technician/technician.js';
import type { Technicians } from '../technician/technician.repository.js';

export interface TakeBackDeps extends Pick<AssignmentDeps, 'tickets' | 'rulesOf'> {
  readonly assigner: Assigner;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export interface UserDeps extends TakeBackDeps, Pick<AssignmentDeps, 'replicas'> {
  readonly queue: TicketQueue;
  readonly technicians: Technicians;
  /** Gives back the appointments of a technician who left. */
  readonly giveBackAppointments: (tenantId: string, leaver: string) => Promise<void>;
  /** Gives back the repairs of a technician who left. */
  readonly giveBackRepairs: GiveBackRepairs;
  readonly capacity: number;
}

/** The technician after this event; `undefined` for a user who never was a technician. */
const followTechnician = async (
  { technicians, capacity }: UserDeps,
  tenantId: string,
  user: PublishedUser,
  version: number,
): Promise<Technician | undefined> => {
  const inTenant = technicians.in(tenantId);
  const followed = await inTenant.update(user.id, (before) => withUser(before, user, version));
  if (followed !== undefined || !isTechnician(user.role)) return followed;
  await inTenant.insert(newTechnician(user, version, capacity));
  // Two events of a new technician may arrive together, and the insert of the older one may have won. The update then writes the newer one.
  return inTenant.update(user.id, (before) => withUser(before, user, version));
};

const MAX_TICKETS = 5_000;

/** Takes all tickets from a technician who was disabled, removed or given another role. */
export const takeBack = async (deps: TakeBackDeps, tenantId: string, leaver: string): Promise<void> => {
  const { tickets, assigner, rulesOf, clock, ids } = deps;
  const theirs = await tickets.in(tenantId).list({ holder: leaver, active: true }, { limit: MAX_TICKETS });
  for (const { id } of theirs) {
    const [stamp, rules] = [stampOf({ now: clock.now(), ids }), await rulesOf(tenantId)];
    await tickets.in(tenantId).update(id, (before) => takeFromLeaver(before, leaver, stamp, rules));
    await assigner.align(tenantId, id, [leaver]);
  }
};

/**
 * Keeps the replica of every user, and technicians with their seats. The tickets of a technician who left are taken
 * back; one who has become available is offered waiting tickets.
 */
export const onUser =
  (deps: UserDeps): EventHandler<UserEventV1> =>
  async ({ tenantid, aggregateversion, data: { user } }) => {
    await deps.replicas.users.in(tenantid).keep(user.id, aggregateversion, user);
    const technician = await followTechnician(deps, tenantid, user, aggregateversion);
    if (technician === undefined) return;
    if (!technician.active) {
      await takeBack(deps, tenantid, user.id);
      await deps.giveBackRepairs(tenantid, user.id);
      await deps.giveBackAppointments(tenantid, user.id);
    }
    deps.queue.wake(tenantid);
  };
