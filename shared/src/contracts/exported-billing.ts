import type { PublishedInvoice } from './invoices.events.js';
import type { PublishedQuote } from './quotes.events.js';
import type { PublishedPayment } from './repairs.events.js';

/** `GET /internal/invoices`: an issued document for a service that rebuilds its replicas. */
export interface ExportedInvoice {
  readonly invoice: PublishedInvoice;
  readonly version: number;
  /** What was paid for the document of a ticket, the oldest first; below 0: money went back. */
  readonly payments: readonly PublishedPayment[];
}

/** `GET /internal/quotes`: a quote for a service that rebuilds its replicas. */
export interface ExportedQuote {
  readonly id: string;
  readonly version: number;
  /** The newest version that the customer got, with the earlier ones. Missing: none was sent. */
  readonly quote?: PublishedQuote;
}
