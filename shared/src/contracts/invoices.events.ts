import Joi from 'joi';
import { defineEvent } from './event.js';
import { day, id, instant, text } from './fragments.js';
import { PAYMENT_METHODS } from './enums.js';
import type { Money } from './money.js';
import { eventMoney, type VatGroup } from './price-lines.js';
import type { PublishedPayment } from './repairs.events.js';

/** RECEIPT: for a private person who wants no invoice. CREDIT_NOTE: takes an issued document back, in whole or in part. */
export const INVOICE_KINDS = ['INVOICE', 'RECEIPT', 'CREDIT_NOTE'] as const;
export type InvoiceKind = (typeof INVOICE_KINDS)[number];

/** ISSUED: nothing is paid. CREDITED: a credit note takes all of it back. */
export const INVOICE_STATUSES = ['ISSUED', 'PARTLY_PAID', 'PAID', 'CREDITED'] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

/** An issued document as the other services know it. */
export interface PublishedInvoice {
  readonly id: string;
  /** `A-2026-000001`. */
  readonly number: string;
  readonly kind: InvoiceKind;
  readonly repairId?: string;
  readonly ticketId?: string;
  /** Number of the repair or of the ticket. */
  readonly subjectNumber: string;
  readonly customerId: string;
  /** The person of the customer whom mails go to. Missing: mails go to the customer's contact address. */
  readonly contactUserId?: string;
  /** The calendar day of issue in the centre's time zone. */
  readonly issuedOn: string;
  readonly dueOn?: string;
  /** All amounts of a credit note are positive; its kind says that they are taken off. */
  readonly net: Money;
  readonly vat: Money;
  /** With VAT, and with the stamp duty and the cents of rounding where there are any. */
  readonly total: Money;
  readonly vatGroups: readonly VatGroup[];
  /** Of a credit note: the document that it takes back. */
  readonly credits?: { readonly invoiceId: string; readonly number: string };
  readonly status: InvoiceStatus;
  /** Of an invoice or receipt for a ticket: what is left to pay. What is left of a repair is told by the repair. */
  readonly left?: Money;
}

const invoice = Joi.object<PublishedInvoice>({
  id: id.required(),
  number: text.required(),
  kind: Joi.valid(...INVOICE_KINDS).required(),
  repairId: id,
  ticketId: id,
  subjectNumber: text.required(),
  customerId: id.required(),
  contactUserId: id,
  issuedOn: day.required(),
  dueOn: day,
  net: eventMoney.required(),
  vat: eventMoney.required(),
  total: eventMoney.required(),
  vatGroups: Joi.array()
    .items(Joi.object<VatGroup>({ vatRate: Joi.number().required(), net: eventMoney.required(), vat: eventMoney.required() }).unknown(true))
    .required(),
  credits: Joi.object({ invoiceId: id.required(), number: text.required() }).unknown(true),
  status: Joi.valid(...INVOICE_STATUSES).required(),
  left: eventMoney,
}).unknown(true);

export interface InvoiceEventV1 {
  readonly invoice: PublishedInvoice;
  readonly at: string;
  /** Missing: the system issued it, when the device was handed over. */
  readonly actorUserId?: string;
}

export const InvoiceIssued = defineEvent<InvoiceEventV1>(
  'riparo.billing.invoice-issued.v1',
  'An invoice, a receipt or a credit note was issued under its number; it never changes.',
  Joi.object<InvoiceEventV1>({ invoice: invoice.required(), at: instant.required(), actorUserId: id }),
);

export interface InvoiceUpdatedV1 extends InvoiceEventV1 {
  /** All payments so far, the oldest first; below 0: money went back. */
  readonly payments: readonly PublishedPayment[];
}

export const InvoiceUpdated = defineEvent<InvoiceUpdatedV1>(
  'riparo.billing.invoice-updated.v1',
  'The document of a ticket was paid, in whole or in part, or taken back, or money for it was given back; what is on the paper never changes.',
  Joi.object<InvoiceUpdatedV1>({
    invoice: invoice.required(),
    payments: Joi.array()
      .items(
        Joi.object<PublishedPayment>({
          id: id.required(),
          method: Joi.valid(...PAYMENT_METHODS).required(),
          amount: eventMoney.required(),
          reference: text,
          at: instant.required(),
        }).unknown(true),
      )
      .required(),
    at: instant.required(),
    actorUserId: id,
  }),
);
