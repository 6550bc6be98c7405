import type { Job } from '@riparo/shared/composition/jobs';
import type { Dependencies } from './dependencies.js';
import { createSweepProofs } from './payment/announced/proof-files.js';
import { runPaymentClock } from './payment/run-payment-clock.js';
import { runUnfinished } from './invoice/upkeep/run-unfinished.js';
import { createSweepInvoiceFiles } from './invoice/upkeep/sweep-files.js';
import { runQuoteClock } from './quote/clock/run-quote-clock.js';
import { createSweepDocuments } from './quote/document/sweep-documents.js';

/** The jobs of the billing service. */
export const jobs = (deps: Dependencies): readonly Job[] => [
  { name: 'quote-clock', cron: '*/20 * * * * *', run: runQuoteClock(deps) },
  { name: 'payment-clock', cron: '10,30,50 * * * * *', run: runPaymentClock(deps) },
  { name: 'sweep-payment-proofs', cron: '25 */10 * * * *', run: createSweepProofs(deps) },
  { name: 'sweep-quote-documents', cron: '45 */10 * * * *', run: createSweepDocuments(deps) },
  { name: 'finish-invoices', cron: '*/15 * * * * *', run: runUnfinished(deps) },
  { name: 'sweep-invoice-files', cron: '15 */10 * * * *', run: createSweepInvoiceFiles(deps) },
];
