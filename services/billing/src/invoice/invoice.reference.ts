import { REPAIR_STATUSES, TICKET_STATUSES } from '@riparo/shared/contracts/enums';
import { INVOICE_STATUSES } from '@riparo/shared/contracts/invoices.events';
import { bytes, fields, one, pageOf } from '@riparo/shared/http/reference/answer';
import { id, money, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import type { ProblemMembers, Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { invoiceAnswer, listedInvoiceAnswer, publicInvoiceAnswer } from './invoice.answer.js';

export const INVOICES: Tag = {
  name: 'Invoices',
  about:
    'Invoices, receipts and credit notes. A receipt of Riparo is not a fiscal document: it replaces neither an invoice nor what a till prints.',
};

const LINK: Problems = { 422: ['LINK_NOT_VALID'] };

const MEMBERS: ProblemMembers = {
  INVOICE_IN_FORCE: fields({ invoiceId: id().optional(), number: text().optional(), current: oneOf(INVOICE_STATUSES).optional() }),
  REPAIR_WITHOUT_OUTCOME: fields({ current: oneOf(REPAIR_STATUSES) }),
  PAID_ON_REPAIR: fields({ repairId: id() }),
  PAYMENT_EXCEEDS_AMOUNT_LEFT: fields({ amountLeft: money() }),
  REFUND_EXCEEDS_OVERPAID: fields({ amountOverpaid: money() }),
  TICKET_MERGED: fields({ mergedIntoId: id().description('The ticket to use instead.') }),
  TICKET_NOT_RESOLVED: fields({ current: oneOf(TICKET_STATUSES) }),
};

export const INVOICE_OPERATIONS = operations(
  INVOICES,
  {
    listInvoices: { answer: pageOf(listedInvoiceAnswer) },
    issueInvoice: {
      answer: one(invoiceAnswer),
      problems: {
        404: ['REPAIR_NOT_FOUND', 'TICKET_NOT_FOUND', 'CUSTOMER_NOT_FOUND'],
        409: [
          'INVOICE_IN_FORCE',
          'REPAIR_WITHOUT_OUTCOME',
          'TICKET_MERGED',
          'TICKET_NOT_RESOLVED',
          'TICKET_WITHOUT_CHARGE',
          'NOTHING_TO_INVOICE',
        ],
      },
    },
    getInvoice: { answer: one(invoiceAnswer) },
    creditInvoice: { answer: one(invoiceAnswer), problems: { 409: ['INVOICE_NOT_CREDITABLE', 'INVOICE_ALREADY_CREDITED'] } },
    payInvoice: {
      answer: one(invoiceAnswer),
      problems: { 409: ['PAID_ON_REPAIR', 'INVOICE_NOT_PAYABLE', 'PAYMENT_EXCEEDS_AMOUNT_LEFT'] },
    },
    refundInvoice: {
      answer: one(invoiceAnswer),
      problems: { 409: ['PAID_ON_REPAIR', 'INVOICE_NOT_PAYABLE', 'REFUND_EXCEEDS_OVERPAID'] },
    },
    getInvoicePdf: { answer: bytes(['application/pdf']) },
    exportInvoices: { answer: bytes(['text/csv']) },
    getInvoiceByLink: { answer: one(publicInvoiceAnswer), problems: LINK },
    getInvoicePdfByLink: { answer: bytes(['application/pdf']), problems: LINK },
  },
  MEMBERS,
);
