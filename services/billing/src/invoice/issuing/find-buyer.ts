import type { CustomerData } from '@riparo/shared/http/customer-schema';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import { compact } from '@riparo/shared/json/compact';
import type { Buyer } from '../invoice.js';

export interface FoundBuyer {
  readonly buyer: Buyer;
  /** A private person gets receipts unless they want invoices. */
  readonly wantsInvoice: boolean;
}

/** Asks auth whom a document is made out to: no event tells streets and fiscal numbers. */
export type FindBuyer = (tenantId: string, customerId: string) => Promise<FoundBuyer>;

const buyerOf = ({ type, name, surname, contactEmail, billingAddress, fiscalCode, vatNumber, pec, sdiCode }: CustomerData): Buyer =>
  compact({
    ...{ type, name, surname, contactEmail, fiscalCode, vatNumber, pec, sdiCode },
    billingAddress: billingAddress && { ...billingAddress, state: billingAddress.state ?? '' },
  });

export const createFindBuyer =
  (auth: InternalClient): FindBuyer =>
  async (tenantId, customerId) => {
    const search = new URLSearchParams({ tenantId }).toString();
    const customer = await auth.get<CustomerData>(`/internal/customers/${customerId}/buyer?${search}`);
    return { buyer: buyerOf(customer), wantsInvoice: customer.type !== 'INDIVIDUAL' || customer.wantsInvoice === true };
  };
