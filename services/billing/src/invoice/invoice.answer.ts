import { TAX_REGIMES, VAT_EXEMPTIONS } from '@riparo/shared/contracts/centre-terms';
import { CUSTOMER_TYPES, PAYMENT_METHODS } from '@riparo/shared/contracts/enums';
import { INVOICE_KINDS, INVOICE_STATUSES } from '@riparo/shared/contracts/invoices.events';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { anything, calendarDay, flag, id, moment, money, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import { priceLineAnswer } from '@riparo/shared/http/reference/price-lines.answer';
import Joi from 'joi';

const listedFields = {
  id: id(),
  number: text().description('Series, year, number: `A-2026-000001`.'),
  kind: oneOf(INVOICE_KINDS).description(
    'RECEIPT: for a private person who wants no invoice; it is not a fiscal document. CREDIT_NOTE: takes a document back; its amounts are positive.',
  ),
  status: oneOf(INVOICE_STATUSES).description('CREDITED: credit notes took all of it back.'),
  repairId: id().optional(),
  ticketId: id().optional(),
  subjectNumber: text().description('Number of the repair or ticket.'),
  customerId: id(),
  issuedOn: calendarDay(),
  issuedAt: moment(),
  dueOn: calendarDay().optional(),
  net: money(),
  vat: money(),
  total: money().description('What the customer is charged, VAT included.'),
  paid: money().description('As of now, like `credited` and `left`.'),
  credited: money(),
  left: money().description('What is left to pay.'),
  overpaid: money().optional().description('Of the document of a ticket: what was paid above what credit notes left of it, and goes back.'),
  credits: fields({ invoiceId: id(), number: text(), kind: oneOf(INVOICE_KINDS).optional(), issuedOn: calendarDay(), reason: text() })
    .optional()
    .description('Of a credit note: the document that it takes back.'),
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
};

export const listedInvoiceAnswer = view('ListedInvoice', 'An invoice, a receipt or a credit note, without its lines.', listedFields);

const rate = () => Joi.number().min(0).max(100).description('Percent.');

const vatGroups = () =>
  listOf(fields({ vatRate: rate(), net: money(), vat: money() })).description('The sums for each rate; VAT is counted once on each.');
const dutyFields = {
  rounding: money()
    .optional()
    .description('What `total` is above or below net and VAT, where a charge that was said with VAT cannot be split.'),
  stampDuty: money().optional().description('Owed to the state; part of `total` where `chargesStampDuty`.'),
  chargesStampDuty: flag(),
  stampDutyReturned: money().optional().description('Of a credit note: the duty that the customer had paid and has back; part of `total`.'),
};
const device = fields({ brand: text(), model: text(), serialNumber: text() });

export const invoiceAnswer = view(
  'Invoice',
  'An invoice, a receipt or a credit note. What is on the paper never changes; `status`, `paid`, `credited` and `left` do.',
  {
    ...listedFields,
    seller: fields({
      companyName: text(),
      address: text().optional(),
      contactEmail: text().optional(),
      contactPhone: text().optional(),
      fiscalIdentity: anything('As in the settings, when it was issued.').optional(),
    }),
    buyer: fields({
      type: oneOf(CUSTOMER_TYPES),
      name: text(),
      surname: text().optional(),
      contactEmail: text(),
      billingAddress: fields({
        line1: text(),
        line2: text().optional(),
        city: text(),
        state: text(),
        postalCode: text(),
        country: text(),
      }).optional(),
      fiscalCode: text().optional(),
      vatNumber: text().optional(),
      pec: text().optional(),
      sdiCode: text().optional(),
    }).description('The customer when it was issued.'),
    device: device.optional(),
    lines: listOf(priceLineAnswer),
    vatGroups: vatGroups(),
    taxRegime: oneOf(TAX_REGIMES).optional(),
    vatExemption: oneOf(VAT_EXEMPTIONS).optional().description('Why lines at 0 % bear no VAT.'),
    vatExemptionReason: text().optional(),
    ...dutyFields,
    settledBefore: listOf(fields({ method: oneOf(PAYMENT_METHODS), amount: money(), on: calendarDay() })).description(
      'Payments, and refunds with a minus, before it was issued.',
    ),
    leftToPay: money().description('What was left to pay when it was issued.'),
    language: oneOf(['en', 'it']),
    payments: listOf(
      fields({
        id: id(),
        method: oneOf(PAYMENT_METHODS),
        amount: money().description('Below 0: it went back.'),
        reference: text().optional(),
        at: moment(),
        byUserId: id().optional().description('For staff.'),
      }),
    ).description('Of the document of a ticket, after its issue; what is paid for a repair lies with the repair.'),
    creditNotes: listOf(fields({ id: id(), number: text(), total: money(), at: moment() })).description('What takes it back.'),
    documentHash: text().optional().description('SHA-256 of the PDF, in hexadecimal digits, once it is printed.'),
    issuedByUserId: id().optional().description('For staff. Missing: the system, when the device was handed over.'),
  },
);

const { number, kind, status, subjectNumber, issuedOn, dueOn, net, vat, total, paid, credited, left } = listedFields;

export const publicInvoiceAnswer = view('PublicInvoice', 'A document as whoever has the link of the mail sees it.', {
  ...{ number, kind, status, subjectNumber, issuedOn, dueOn },
  company: fields({ name: text(), email: text().optional(), phone: text().optional() }),
  device: device.optional(),
  ...{ net, vat, total, vatGroups: vatGroups(), ...dutyFields, paid, credited, left },
  credits: fields({ number: text(), issuedOn: calendarDay() }).optional().description('Of a credit note: the document that it takes back.'),
});
