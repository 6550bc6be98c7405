import type { DomainEvent } from '@riparo/shared/contracts/event';
import { InvoiceIssued } from '@riparo/shared/contracts/invoices.events';
import type { Draft } from '@riparo/shared/persistence/repository';
import { published, type Invoice } from '../invoice.js';
import type { Invoices } from '../invoice.repository.js';

type InTenant = ReturnType<Invoices['in']>;

/** The year that numbers are given in: of the day, or of the last document, where the clock has gone back over New Year. */
export const yearFor = async (inTenant: InTenant, series: string, today: string): Promise<string> => {
  const [last] = await inTenant.list({ series }, { sort: { year: -1, sequence: -1 }, limit: 1 });
  const year = today.slice(0, 4);
  return last !== undefined && last.year > year ? last.year : year;
};

const issued = (invoice: Invoice): readonly DomainEvent[] => [
  InvoiceIssued.with({
    invoice: published(invoice),
    at: invoice.issuedAt.toISOString(),
    ...(invoice.issuedByUserId === undefined ? {} : { actorUserId: invoice.issuedByUserId }),
  }),
];

/** Saves a document under the next number of its series and year, with its event. */
export const numberInvoice = (
  inTenant: InTenant,
  { series, year }: { readonly series: string; readonly year: string },
  make: (sequence: number, before: Invoice | undefined) => Draft<Invoice>,
): Promise<Invoice> => inTenant.insertNumbered(`${series}-${year}`, make, issued);
