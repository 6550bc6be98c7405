import type { SettingsChangedV1 } from '@riparo/shared/contracts/auth.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { UpkeepDeps } from './dependencies.js';

/** The calendar may have changed, and with it the due times of every open ticket. */
export const onSettings =
  ({ replicas, work }: UpkeepDeps): EventHandler<SettingsChangedV1> =>
  async ({ tenantid, aggregateversion, data }) => {
    await replicas.settings.in(tenantid).keep(tenantid, aggregateversion, data.settings);
    await work.ask(tenantid, 'RECOUNT_DUE_TIMES', tenantid);
    work.wake();
  };
