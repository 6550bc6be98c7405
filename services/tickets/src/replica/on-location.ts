import type { LocationEventV1 } from '@riparo/shared/contracts/assets.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { Replicas } from './replicas.js';

/** Keeps where devices are. */
export const onLocation =
  ({ locations }: Replicas): EventHandler<LocationEventV1> =>
  async ({ tenantid, aggregateversion, data: { location } }) => {
    await locations.keep(tenantid, location.id, aggregateversion, location);
  };
