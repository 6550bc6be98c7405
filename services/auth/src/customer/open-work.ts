import type { InternalClient } from '@riparo/shared/http/internal-client';

/** How much work for a customer is not done yet, by kind: tickets, repairs, appointments. */
export type OpenWorkCounts = Readonly<Record<string, number>>;

/** Asked of the tickets service, which owns all work: `GET /internal/open-work/:customerId`. */
export interface OpenWork {
  /** Throws 503 while it cannot be known. */
  of(tenantId: string, customerId: string): Promise<OpenWorkCounts>;
}

export const createOpenWork = (tickets: InternalClient): OpenWork => ({
  of: (tenantId, customerId) => tickets.get(`/internal/open-work/${customerId}?tenantId=${encodeURIComponent(tenantId)}`),
});
