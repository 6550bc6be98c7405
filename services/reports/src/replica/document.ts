import type { InvoiceKind, PublishedInvoice } from '@riparo/shared/contracts/invoices.events';
import type { Money } from '@riparo/shared/contracts/money';
import type { VatGroup } from '@riparo/shared/contracts/price-lines';

/** An issued document as this service keeps it. All but what is left to pay never changes. */
export interface IssuedDocument {
  readonly kind: InvoiceKind;
  /** `YYYY-MM-DD` in the centre's time zone. */
  readonly issuedOn: string;
  readonly currency: string;
  /** Minor units, VAT included; taken off for a credit note. */
  readonly total: number;
  readonly vatGroups: readonly { readonly vatRate: number; readonly net: number; readonly vat: number }[];
  readonly customerId: string;
  /** Of the document of a ticket that is not wholly paid; `openSince` is the beginning of its day of issue in UTC. */
  readonly open?: Money;
  readonly openSince?: Date;
}

const openOf = ({ left, issuedOn }: PublishedInvoice): Pick<IssuedDocument, 'open' | 'openSince'> =>
  left === undefined || left.amount === 0 ? {} : { open: left, openSince: new Date(`${issuedOn}T00:00:00Z`) };

export const toDocument = (invoice: PublishedInvoice): IssuedDocument => {
  const { kind, issuedOn, total, vatGroups, customerId } = invoice;
  const sign = kind === 'CREDIT_NOTE' ? -1 : 1;
  const signed = ({ vatRate, net, vat }: VatGroup) => ({ vatRate, net: sign * net.amount, vat: sign * vat.amount });
  return {
    kind,
    issuedOn,
    currency: total.currency,
    total: sign * total.amount,
    vatGroups: vatGroups.map(signed),
    customerId,
    ...openOf(invoice),
  };
};
