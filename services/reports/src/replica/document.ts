import type { InvoiceEventV1, InvoiceKind } from '@riparo/shared/contracts/invoices.events';
import type { VatGroup } from '@riparo/shared/contracts/price-lines';

/** An issued document as this service keeps it. It never changes. */
export interface IssuedDocument {
  readonly kind: InvoiceKind;
  /** `YYYY-MM-DD` in the centre's time zone. */
  readonly issuedOn: string;
  readonly currency: string;
  /** Minor units, VAT included; taken off for a credit note. */
  readonly total: number;
  readonly vatGroups: readonly { readonly vatRate: number; readonly net: number; readonly vat: number }[];
}

export const toDocument = ({ invoice }: InvoiceEventV1): IssuedDocument => {
  const { kind, issuedOn, total, vatGroups } = invoice;
  const sign = kind === 'CREDIT_NOTE' ? -1 : 1;
  const signed = ({ vatRate, net, vat }: VatGroup) => ({ vatRate, net: sign * net.amount, vat: sign * vat.amount });
  return { kind, issuedOn, currency: total.currency, total: sign * total.amount, vatGroups: vatGroups.map(signed) };
};
