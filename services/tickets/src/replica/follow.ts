import type { AssetEventV1, LocationEventV1, ServicePlanEventV1 } from '@riparo/shared/contracts/assets.events';
import type { CustomerEventV1, SettingsChangedV1 } from '@riparo/shared/contracts/auth.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { RetimeTickets } from '../ticket/retime-tickets.js';
import type { Replicas } from './replicas.js';

export const followCustomer =
  ({ customers }: Replicas): EventHandler<CustomerEventV1> =>
  async ({ tenantid, aggregateversion, data: { customer } }) => {
    await customers.keep(tenantid, customer.id, aggregateversion, customer);
  };

interface Timed {
  readonly replicas: Replicas;
  readonly retime: RetimeTickets;
}

/** A device may have come under a plan or out of one: its open tickets are promised something else then. */
export const followAsset =
  ({ replicas, retime }: Timed): EventHandler<AssetEventV1> =>
  async ({ tenantid, aggregateversion, data: { asset } }) => {
    await replicas.assets.keep(tenantid, asset.id, aggregateversion, asset);
    await retime(tenantid, { assetId: asset.id });
  };

export const followPlan =
  ({ replicas, retime }: Timed): EventHandler<ServicePlanEventV1> =>
  async ({ tenantid, aggregateversion, data: { servicePlan } }) => {
    await replicas.plans.keep(tenantid, servicePlan.id, aggregateversion, servicePlan);
    for (const assetId of await replicas.coveredBy(tenantid, servicePlan.id)) await retime(tenantid, { assetId });
  };

export const followLocation =
  ({ locations }: Replicas): EventHandler<LocationEventV1> =>
  async ({ tenantid, aggregateversion, data: { location } }) => {
    await locations.keep(tenantid, location.id, aggregateversion, location);
  };

/** The calendar may have changed, and with it every open ticket's due times. */
export const followSettings =
  ({ replicas, retime }: Timed): EventHandler<SettingsChangedV1> =>
  async ({ tenantid, aggregateversion, data }) => {
    await replicas.settings.keep(tenantid, tenantid, aggregateversion, data.settings);
    await retime(tenantid);
  };
