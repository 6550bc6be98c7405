import type { PublishedUser, UserEventV1 } from '@riparo/shared/contracts/auth.events';
import { isTechnician } from '@riparo/shared/contracts/roles';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { Replicas } from '../replica/replicas.js';
import type { QueueDrain } from './drain-queue.js';
import { follow, newTechnician } from './technician.js';
import type { Technicians } from './technician.repository.js';

interface Deps {
  readonly replicas: Replicas;
  readonly technicians: Technicians;
  readonly drain: QueueDrain;
  readonly capacity: number;
}

const followTechnician = async ({ technicians, capacity }: Deps, tenantId: string, user: PublishedUser, version: number): Promise<void> => {
  const inTenant = technicians.in(tenantId);
  const followed = await inTenant.update(user.id, (before) => follow(before, user, version));
  if (followed !== undefined || !isTechnician(user.role)) return;
  await inTenant.insert(newTechnician(user, version, capacity));
  // Two events of a new technician at once: the insert of the older one may have won.
  await inTenant.update(user.id, (before) => follow(before, user, version));
};

/** Keeps everybody's name, and technicians with their places; who has become available is given what waits. */
export const onUser =
  (deps: Deps): EventHandler<UserEventV1> =>
  async ({ tenantid, aggregateversion, data: { user } }) => {
    await deps.replicas.users.keep(tenantid, user.id, aggregateversion, user);
    await followTechnician(deps, tenantid, user, aggregateversion);
    if (isTechnician(user.role)) deps.drain.kick(tenantid);
  };
