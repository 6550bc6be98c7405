import type { PublishedCustomer } from '@riparo/shared/contracts/auth.events';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { Replica } from '@riparo/shared/persistence/replica';

/** A customer, also one made at the desk a moment ago whose event is still on its way. */
export type FindCustomer = (tenantId: string, id: string) => Promise<PublishedCustomer | undefined>;

/** Throws 503 when a customer is not in the replica and auth is away: then nobody can tell. */
export const createFindCustomer =
  (customers: Replica<PublishedCustomer>, auth: InternalClient | undefined): FindCustomer =>
  async (tenantId, id) => {
    const known = await customers.in(tenantId).find(id);
    if (known !== undefined || auth === undefined) return known;
    try {
      const path = `/internal/customers/${id}?tenantId=${encodeURIComponent(tenantId)}`;
      const { version, ...customer } = await auth.get<PublishedCustomer & { readonly version: number }>(path);
      await customers.in(tenantId).keep(id, version, customer);
      return customer;
    } catch (error) {
      if (isDomainError(error) && error.kind === 'not-found') return undefined;
      throw error;
    }
  };
