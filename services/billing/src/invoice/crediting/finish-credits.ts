import type { CentreOf } from '../../centre.js';
import { dayAfter } from '../../centre.js';
import { numberInvoice, yearFor } from '../issuing/number-invoice.js';
import type { Invoice } from '../invoice.js';
import type { Invoices } from '../invoice.repository.js';
import { creditSeriesOf, issueCredit, keepCreditNumber } from './decide-credit.js';

export interface CreditDeps {
  readonly invoices: Invoices;
  readonly centreOf: CentreOf;
}

/** Issues the credit notes that the document promises; each has the id of its promise, so that it is issued once. */
export const finishCredits = async ({ invoices, centreOf }: CreditDeps, tenantId: string, invoice: Invoice): Promise<Invoice> => {
  const inTenant = invoices.in(tenantId);
  let current = invoice;
  for (const note of invoice.creditNotes ?? []) {
    if (note.number !== undefined) continue;
    const centre = await centreOf(tenantId);
    const series = creditSeriesOf(invoice, centre);
    const promisedOn = dayAfter(note.at, centre);
    const { issuedOn } = invoice.content;
    const year = await yearFor(inTenant, series, promisedOn > issuedOn ? promisedOn : issuedOn);
    const credit =
      (await inTenant.find(note.id)) ??
      (await numberInvoice(inTenant, { series, year }, (sequence, before) => issueCredit(invoice, note, centre, year, sequence, before)));
    current = (await inTenant.update(invoice.id, (state) => keepCreditNumber(state, credit))) ?? current;
  }
  return current;
};
