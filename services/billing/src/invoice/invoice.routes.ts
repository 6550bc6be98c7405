import { create, get, type Route } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { creditBody, creditInvoice } from './crediting/credit-invoice.js';
import { getInvoicePdf } from './document/get-pdf.js';
import { exportInvoices, exportInvoicesQuery } from './export/export-invoices.js';
import { INVOICE_OPERATIONS } from './invoice.reference.js';
import { getInvoiceByLink, getInvoicePdfByLink, invoiceLinkParams } from './link/invoice-link.js';
import { issueInvoice, newInvoiceBody } from './issuing/issue-invoice.js';
import { refundInvoice, payInvoiceBody, payInvoice } from './paying/pay-invoice.js';
import { getInvoice, listInvoices, listInvoicesQuery } from './list-invoices.js';

export const invoiceRoutes = (deps: Dependencies): readonly Route[] => [
  create(
    '/invoices',
    'write:invoices',
    'Issues an invoice or a receipt for a repair with an outcome, or for a resolved ticket: what was quoted and accepted, else what its work reports say.',
    { body: newInvoiceBody },
    issueInvoice(deps),
    INVOICE_OPERATIONS.issueInvoice,
  ),
  get(
    '/invoices',
    'read:invoices',
    'Lists invoices, receipts and credit notes: customers theirs, the desk all.',
    { query: listInvoicesQuery },
    listInvoices(deps),
    INVOICE_OPERATIONS.listInvoices,
  ),
  get(
    '/invoices/export.csv',
    'read:reports',
    'Exports the documents issued in a period as CSV, a line for each VAT rate, with sums for each month.',
    { query: exportInvoicesQuery },
    exportInvoices(deps),
    INVOICE_OPERATIONS.exportInvoices,
  ),
  get(
    '/invoices/:id',
    'read:invoices',
    'Returns an invoice, a receipt or a credit note with its lines, and what became of it.',
    {},
    getInvoice(deps),
    INVOICE_OPERATIONS.getInvoice,
  ),
  get(
    '/invoices/:id/invoice.pdf',
    'read:invoices',
    'Returns the PDF of a document; it is printed once, so that its bytes are always the same.',
    {},
    getInvoicePdf(deps),
    INVOICE_OPERATIONS.getInvoicePdf,
  ),
  create(
    '/invoices/:id/credit',
    'credit:invoices',
    'Takes back all that is left of an invoice or a receipt with a credit note; afterwards another document can be issued.',
    { body: creditBody },
    creditInvoice(deps),
    INVOICE_OPERATIONS.creditInvoice,
  ),
  create(
    '/invoices/:id/payments',
    'write:invoices',
    'Books money that the desk took for the document of a ticket: the whole rest or a part.',
    { body: payInvoiceBody },
    payInvoice(deps),
    INVOICE_OPERATIONS.payInvoice,
  ),
  create(
    '/invoices/:id/refunds',
    'credit:invoices',
    'Books money that goes back to the customer: what was paid for the document of a ticket that was taken back since.',
    { body: payInvoiceBody },
    refundInvoice(deps),
    INVOICE_OPERATIONS.refundInvoice,
  ),
  get(
    '/public/invoices/:token',
    'public',
    'Returns the sums of the document that the link in a mail is for, and what became of it.',
    { params: invoiceLinkParams },
    getInvoiceByLink(deps),
    INVOICE_OPERATIONS.getInvoiceByLink,
  ),
  get(
    '/public/invoices/:token/invoice.pdf',
    'public',
    'Returns the PDF of that document, for customers without an account.',
    { params: invoiceLinkParams },
    getInvoicePdfByLink(deps),
    INVOICE_OPERATIONS.getInvoicePdfByLink,
  ),
];
