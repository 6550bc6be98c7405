import type { AssetEventV1, LocationEventV1, ServicePlanEventV1 } from '@riparo/shared/contracts/assets.events';
import type { CustomerEventV1, SettingsChangedV1 } from '@riparo/shared/contracts/auth.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { isDeepStrictEqual } from 'node:util';
import type { RepairDeps } from '../repair/deps.js';
import type { TicketDeps } from '../ticket/deps.js';
import { retimeAsset, type RetimeTicket } from '../ticket/sla/retime-tickets.js';
import { assetWords, customerWords } from '../kernel/customer-and-device.js';
import type { UpkeepWork } from '../upkeep/run-upkeep.js';
import type { Replicas } from './replicas.js';

export interface FollowDeps extends Pick<TicketDeps, 'tickets' | 'replicas'>, Pick<RepairDeps, 'repairs'> {
  readonly retimeTicket: RetimeTicket;
  readonly work: Pick<UpkeepWork, 'ask' | 'wake'>;
}

/**
 * New words are asked for *before* the replica is kept: should the process die in between, the event comes again
 * and still finds the difference. The work itself reads the replica later, and again after a while.
 */
export const followCustomer =
  ({ tickets, repairs, replicas, work }: FollowDeps): EventHandler<CustomerEventV1> =>
  async ({ tenantid, aggregateversion, data: { customer } }) => {
    const hasAny = async (): Promise<boolean> => {
      const theirs = { customerId: customer.id };
      return ((await tickets.in(tenantid).findOne(theirs)) ?? (await repairs.in(tenantid).findOne(theirs))) !== undefined;
    };
    const before = await replicas.customers.find(tenantid, customer.id);
    // Somebody who has just registered may have opened a ticket or repair before anybody here knew their name.
    const renamed = !isDeepStrictEqual(customerWords(before), customerWords(customer));
    if (renamed && (await hasAny())) await work.ask(tenantid, 'REWORD_CUSTOMER', customer.id);
    await replicas.customers.keep(tenantid, customer.id, aggregateversion, customer);
    if (renamed) work.wake();
  };

/** A device may have come under a plan or out of one: its open tickets are promised something else then. */
export const followAsset =
  ({ tickets, replicas, retimeTicket, work }: FollowDeps): EventHandler<AssetEventV1> =>
  async ({ tenantid, aggregateversion, data: { asset } }) => {
    const before = await replicas.assets.find(tenantid, asset.id);
    const renamed = before !== undefined && !isDeepStrictEqual(assetWords(before), assetWords(asset));
    if (renamed) await work.ask(tenantid, 'REWORD_ASSET', asset.id);
    await replicas.assets.keep(tenantid, asset.id, aggregateversion, asset);
    if (renamed) work.wake();
    await retimeAsset(tickets, retimeTicket, tenantid, asset.id);
  };

/** A plan covers any number of devices. */
export const followPlan =
  ({ replicas, work }: FollowDeps): EventHandler<ServicePlanEventV1> =>
  async ({ tenantid, aggregateversion, data: { servicePlan } }) => {
    await replicas.plans.keep(tenantid, servicePlan.id, aggregateversion, servicePlan);
    await work.ask(tenantid, 'RETIME_PLAN', servicePlan.id);
    work.wake();
  };

export const followLocation =
  ({ locations }: Replicas): EventHandler<LocationEventV1> =>
  async ({ tenantid, aggregateversion, data: { location } }) => {
    await locations.keep(tenantid, location.id, aggregateversion, location);
  };

/** The calendar may have changed, and with it every open ticket's due times. */
export const followSettings =
  ({ replicas, work }: FollowDeps): EventHandler<SettingsChangedV1> =>
  async ({ tenantid, aggregateversion, data }) => {
    await replicas.settings.keep(tenantid, tenantid, aggregateversion, data.settings);
    await work.ask(tenantid, 'RETIME', tenantid);
    work.wake();
  };
