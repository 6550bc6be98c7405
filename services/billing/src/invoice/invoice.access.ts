import type { Caller } from '@riparo/shared/contracts/caller';
import { invoiceNotFound } from './invoice.errors.js';
import type { Invoice } from './invoice.js';
import type { Invoices } from './invoice.repository.js';

/** The documents that the caller may see: customers theirs, the desk all. */
export const scopeOf = ({ customerId }: Caller): { readonly customerId?: string } => (customerId === undefined ? {} : { customerId });

/** The document, or 404. */
export const findVisible = async (invoices: Invoices, caller: Caller, id: string): Promise<Invoice> => {
  const invoice = await invoices.in(caller.tenantId).find(id);
  if (invoice === undefined || (caller.customerId !== undefined && caller.customerId !== invoice.customerId)) throw invoiceNotFound();
  return invoice;
};
