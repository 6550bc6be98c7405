import type { ExportedInvoice, ExportedQuote } from '@riparo/shared/contracts/exported-billing';
import type { Platform } from '@riparo/shared/composition/platform';
import { get, type Route } from '@riparo/shared/http/route';
import { createExport, exportInput } from '@riparo/shared/rebuild/export-page';
import { published as publishInvoice, type Invoice } from './invoice/invoice.js';
import { publishedPayment } from './invoice/paying/decide-payment.js';
import { newestSentOf, published as publishQuote, type Quote } from './quote/quote.js';

const toldQuote = (quote: Quote): ExportedQuote => {
  const sent = newestSentOf(quote);
  const { id, version } = quote;
  return { id, version, ...(sent === undefined ? {} : { quote: publishQuote(quote, sent) }) };
};

/** What services ask that make their copies anew. */
export const createExports = ({ connection }: Pick<Platform, 'connection'>) => ({
  exportInvoices: createExport<Invoice, ExportedInvoice>({
    ...{ connection, collection: 'invoices' },
    tell: (invoices) =>
      invoices.map((invoice) => ({
        invoice: publishInvoice(invoice),
        version: invoice.version,
        payments: (invoice.payments ?? []).map(publishedPayment),
      })),
  }),
  exportQuotes: createExport<Quote, ExportedQuote>({
    ...{ connection, collection: 'quotes' },
    tell: (quotes) => quotes.map(toldQuote),
  }),
});

export const exportRoutes = (deps: ReturnType<typeof createExports>): readonly Route[] => [
  get(
    '/internal/invoices',
    'internal',
    'Every issued document, for services that make their copies anew.',
    exportInput,
    deps.exportInvoices,
    {
      root: true,
    },
  ),
  get('/internal/quotes', 'internal', 'Every quote, for services that make their copies anew.', exportInput, deps.exportQuotes, {
    root: true,
  }),
];
