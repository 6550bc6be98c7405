import type { AcrossTenants, Found } from '@riparo/shared/persistence/across-tenants';
import { forEachFound } from '@riparo/shared/persistence/for-each-found';
import type { Clock } from '@riparo/shared/runtime/clock';
import { MINUTE_MS } from '@riparo/shared/time/units';
import type { Logger } from 'pino';
import { finishCredits, type CreditDeps } from '../crediting/finish-credits.js';
import { keepPdf, type KeepPdfDeps } from '../document/keep-pdf.js';

export interface UnfinishedDeps extends CreditDeps, KeepPdfDeps {
  readonly invoices: CreditDeps['invoices'];
  /** Finds documents with something left to do, over all tenants. */
  readonly unfinishedInvoices: AcrossTenants;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Whoever issues a credit note or reads a document does this at once; the job is for what nobody came for, and for crashes. */
const PATIENCE_MS = MINUTE_MS / 2;

/** The job that issues credit notes that a crash left promised, and prints documents that nobody has read yet. */
export const runUnfinished = (deps: UnfinishedDeps, batch = 100) => {
  const { invoices, unfinishedInvoices, clock, log } = deps;
  const finish = async ({ tenantId, id }: Found): Promise<void> => {
    const found = await invoices.in(tenantId).find(id);
    const invoice = found && (await finishCredits(deps, tenantId, found));
    if (invoice?.pdf === undefined && invoice !== undefined) await keepPdf(deps, tenantId, invoice);
  };
  return (): Promise<void> => {
    const before = new Date(clock.now().getTime() - PATIENCE_MS);
    const finding = { everywhere: unfinishedInvoices, log, failure: 'could not finish a document', batch };
    return forEachFound(finding, { unfinishedSince: { $lte: before } }, finish);
  };
};
