import type { Platform } from '@riparo/shared/composition/platform';
import { createInternalClient, type InternalClient } from '@riparo/shared/http/internal-client';
import { createPrinter, type Printer } from '@riparo/shared/pdf/create-printer';
import { createAcrossTenants, momentIndex } from '@riparo/shared/persistence/across-tenants';
import { createCentreOf } from './centre.js';
import type { BillingConfig } from './config.js';
import { createDocumentStore } from './quote/document/document-store.js';
import { createPrintAndKeep } from './quote/document/print-and-keep.js';
import { createQuotes } from './quote/quote.repository.js';
import { createReplicas, type Replicas } from './replica/replicas.js';
import { createFindWork } from './work/work.js';

/** What billing may be given from outside. */
export interface BillingOptions {
  /** How the tickets service is asked; default: over HTTP at `TICKETS_URL`. */
  readonly tickets?: InternalClient;
  /** Prints PDFs; default: a thread of its own. */
  readonly print?: Printer;
}

/** Everything the use cases are made with; each takes the few it needs. */
export const createDependencies = (platform: Platform, config: BillingConfig, outside: BillingOptions = {}) => {
  const { clock, ids, links, log } = platform;
  const replicas = createReplicas(platform);
  const ticketsOverHttp = () => createInternalClient({ service: 'tickets', baseUrl: config.TICKETS_URL, tokens: platform.serviceTokens });
  const quotes = createQuotes(platform);
  const documents = createDocumentStore(platform);
  const dueQuotes = createAcrossTenants(platform, 'quotes', [momentIndex('clockAt')]);
  const centreOf = createCentreOf(replicas, config);
  const print = outside.print ?? createPrinter();
  return {
    replicas,
    quotes,
    documents,
    dueQuotes,
    centreOf,
    print,
    findWork: createFindWork(replicas, outside.tickets ?? ticketsOverHttp()),
    printAndKeep: createPrintAndKeep({ replicas, centreOf, print, documents, ids }),
    links,
    clock,
    log,
    /** Whatever has indexes. */
    repositories: [...Object.values<Replicas[keyof Replicas]>({ ...replicas }), quotes, documents, dueQuotes],
  };
};

export type Dependencies = ReturnType<typeof createDependencies>;
