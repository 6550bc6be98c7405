import type { Platform } from '@riparo/shared/composition/platform';
import { createInternalClient, type InternalClient } from '@riparo/shared/http/internal-client';
import { createPrinter, type Printer } from '@riparo/shared/pdf/create-printer';
import { createAcrossTenants, momentIndex } from '@riparo/shared/persistence/across-tenants';
import { createCentreOf } from './centre.js';
import type { BillingConfig } from './config.js';
import { createExports } from './exports.js';
import { createPaymentDependencies } from './payment/dependencies.js';
import { createFatturapaInvoices } from './invoice/fatturapa/keep-fatturapa.js';
import { createFatturapaTools } from './invoice/fatturapa/fatturapa.tools.js';
import { createDocumentStore } from './quote/document/document-store.js';
import { createPrintAndKeep } from './quote/document/print-and-keep.js';
import { createFollowInvoice } from './invoice/crediting/follow-repair.js';
import { createInvoiceFiles, createInvoices } from './invoice/invoice.repository.js';
import { createFindBuyer } from './invoice/issuing/find-buyer.js';
import { createQuotes } from './quote/quote.repository.js';
import { createReplicas, type Replicas } from './replica/replicas.js';
import { createAskWork } from './work/ask-work.js';
import { createFindWork } from './work/work.js';

/** What billing may be given from outside. */
export interface BillingOptions {
  /** How the tickets service is asked; default: over HTTP at `TICKETS_URL`. */
  readonly tickets?: InternalClient;
  /** How auth is asked. */
  readonly auth: InternalClient;
  /** Prints PDFs; default: a thread of its own. */
  readonly print?: Printer;
}

/** Everything the use cases are made with; each takes the few it needs. */
export const createDependencies = (platform: Platform, config: BillingConfig, outside: BillingOptions) => {
  const { clock, ids, links, log } = platform;
  const replicas = createReplicas(platform);
  const ticketsOverHttp = () => createInternalClient({ service: 'tickets', baseUrl: config.TICKETS_URL, tokens: platform.serviceTokens });
  const tickets = outside.tickets ?? ticketsOverHttp();
  const askWork = createAskWork(replicas, tickets);
  const quotes = createQuotes(platform);
  const documents = createDocumentStore(platform);
  const dueQuotes = createAcrossTenants(platform, 'quotes', [momentIndex('clockAt')]);
  const invoices = createInvoices(platform);
  const invoiceFiles = createInvoiceFiles(platform);
  const unfinishedInvoices = createAcrossTenants(platform, 'invoices', [momentIndex('unfinishedSince')]);
  const centreOf = createCentreOf(replicas, config);
  const payment = createPaymentDependencies(platform, config, { replicas, tickets });
  const print = outside.print ?? createPrinter();
  return {
    ...createExports(platform),
    replicas,
    quotes,
    documents,
    dueQuotes,
    centreOf,
    print,
    askWork,
    findWork: createFindWork(replicas, askWork),
    invoices,
    invoiceFiles,
    unfinishedInvoices,
    findBuyer: createFindBuyer(outside.auth),
    followInvoice: createFollowInvoice({ invoices, centreOf, replicas, clock }),
    ...createFatturapaTools(platform, config),
    fatturapaInvoices: createFatturapaInvoices(invoices),
    fatturapaFiles: invoiceFiles,
    printAndKeep: createPrintAndKeep({ replicas, centreOf, print, documents, ids }),
    ...payment,
    tickets,
    publicUrl: config.PUBLIC_URL.replace(/\/+$/, ''),
    links,
    ids,
    clock,
    log,
    /** Whatever has indexes. */
    repositories: [
      ...Object.values<Replicas[keyof Replicas]>({ ...replicas }),
      quotes,
      documents,
      dueQuotes,
      invoices,
      invoiceFiles,
      unfinishedInvoices,
      ...payment.paymentStores,
    ],
  };
};

export type Dependencies = ReturnType<typeof createDependencies>;
