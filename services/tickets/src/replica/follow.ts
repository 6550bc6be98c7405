import type { AssetEventV1, LocationEventV1 } from '@riparo/shared/contracts/assets.events';
import type { CustomerEventV1, SettingsChangedV1 } from '@riparo/shared/contracts/auth.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { Replicas } from './replicas.js';

export const followCustomer =
  ({ customers }: Replicas): EventHandler<CustomerEventV1> =>
  async ({ tenantid, aggregateversion, data: { customer } }) => {
    await customers.keep(tenantid, customer.id, aggregateversion, customer);
  };

export const followAsset =
  ({ assets }: Replicas): EventHandler<AssetEventV1> =>
  async ({ tenantid, aggregateversion, data: { asset } }) => {
    await assets.keep(tenantid, asset.id, aggregateversion, asset);
  };

export const followLocation =
  ({ locations }: Replicas): EventHandler<LocationEventV1> =>
  async ({ tenantid, aggregateversion, data: { location } }) => {
    await locations.keep(tenantid, location.id, aggregateversion, location);
  };

export const followSettings =
  ({ settings }: Replicas): EventHandler<SettingsChangedV1> =>
  async ({ tenantid, aggregateversion, data }) => {
    await settings.keep(tenantid, tenantid, aggregateversion, data.settings);
  };
