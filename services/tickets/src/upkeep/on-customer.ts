import type { CustomerEventV1 } from '@riparo/shared/contracts/auth.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { isDeepStrictEqual } from 'node:util';
import { customerWords } from '../kernel/customer-and-device.js';
import type { UpkeepDeps } from './dependencies.js';

/**
 * New search words are asked for before the replica is written. When the process dies in between, the event comes again
 * and still finds the difference. The work itself reads the replica later, and again after some seconds.
 */
export const onCustomer =
  ({ tickets, repairs, replicas, work }: UpkeepDeps): EventHandler<CustomerEventV1> =>
  async ({ tenantid, aggregateversion, data: { customer } }) => {
    const hasAny = async (): Promise<boolean> => {
      const theirs = { customerId: customer.id };
      return ((await tickets.in(tenantid).findOne(theirs)) ?? (await repairs.in(tenantid).findOne(theirs))) !== undefined;
    };
    const before = await replicas.customers.find(tenantid, customer.id);
    // A customer who has just registered may have opened a ticket or repair before the event with the customer's name arrived.
    const renamed = !isDeepStrictEqual(customerWords(before), customerWords(customer));
    if (renamed && (await hasAny())) await work.ask(tenantid, 'REFRESH_WORDS_OF_CUSTOMER', customer.id);
    await replicas.customers.in(tenantid).keep(customer.id, aggregateversion, customer);
    if (renamed) work.wake();
  };
