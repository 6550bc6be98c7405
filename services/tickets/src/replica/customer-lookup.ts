import type { PublishedCustomer } from '@riparo/shared/contracts/auth.events';
import { invalidInput, unavailable } from '@riparo/shared/errors/common-errors';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { Address, CustomerData } from '@riparo/shared/http/customer-schema';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import { derivedIdempotencyKey } from './derived-key.js';
import type { Replicas } from './replicas.js';

/** Customers, also new ones whose event has not arrived yet, and new customers at the counter. */
export interface CustomerLookup {
  find(tenantId: string, id: string): Promise<PublishedCustomer | undefined>;
  /**
   * The customer with these data, created when there is none. `cause` is the same when the request is repeated. Throws 409
   * `CUSTOMER_AMBIGUOUS` with `candidates` when a customer with an account may be meant.
   */
  findOrMake(
    tenantId: string,
    data: CustomerData,
    cause: string,
  ): Promise<{ readonly customer: PublishedCustomer; readonly isNew: boolean }>;
  addressOf(tenantId: string, id: string): Promise<Address | undefined>;
}

type Versioned = PublishedCustomer & { readonly version: number };

/** Auth names the faults of a customer; in the form they are below `customer`. */
const asFaultsOfTheForm = (error: unknown): never => {
  if (!isDomainError(error) || error.details.errors === undefined) throw error;
  throw invalidInput(error.details.errors.map(({ path, message }) => ({ path: `customer.${path}`, message })));
};

const orNothing = (error: unknown): undefined => {
  if (isDomainError(error) && error.kind === 'not-found') return undefined;
  throw error;
};

/** Every function throws 503 when it needs auth and auth is away. */
export const createCustomerLookup = ({ customers }: Pick<Replicas, 'customers'>, client: InternalClient | undefined): CustomerLookup => {
  const auth = (): InternalClient => {
    if (client === undefined) throw unavailable('The auth service');
    return client;
  };
  const within = (tenantId: string): string => `tenantId=${encodeURIComponent(tenantId)}`;
  const keep = async (tenantId: string, { version, ...customer }: Versioned): Promise<PublishedCustomer> => {
    // A newer version of a known customer is left to its event: the event also renews the search words of the customer's
    // tickets and repairs.
    if ((await customers.find(tenantId, customer.id)) === undefined) await customers.in(tenantId).keep(customer.id, version, customer);
    return customer;
  };
  return {
    find: async (tenantId, id) => {
      const known = await customers.find(tenantId, id);
      if (known !== undefined || client === undefined) return known;
      const found = await client.get<Versioned>(`/internal/customers/${id}?${within(tenantId)}`).catch(orNothing);
      return found === undefined ? undefined : keep(tenantId, found);
    },
    findOrMake: async (tenantId, data, cause) => {
      const path = `/internal/customers?${within(tenantId)}`;
      const key = derivedIdempotencyKey(cause, data);
      const { isNew, ...found } = await auth().post<Versioned & { readonly isNew: boolean }>(path, data, key).catch(asFaultsOfTheForm);
      return { customer: await keep(tenantId, found), isNew };
    },
    addressOf: async (tenantId, id) => {
      const path = `/internal/customers/${id}/address?${within(tenantId)}`;
      return (await auth().get<{ readonly billingAddress?: Address }>(path).catch(orNothing))?.billingAddress;
    },
  };
};
