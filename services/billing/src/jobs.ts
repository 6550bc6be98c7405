import type { Job } from '@riparo/shared/composition/jobs';
import type { Dependencies } from './dependencies.js';
import { runQuoteClock } from './quote/clock/run-quote-clock.js';
import { createSweepDocuments } from './quote/document/sweep-documents.js';

/** The jobs of the billing service. */
export const jobs = (deps: Dependencies): readonly Job[] => [
  { name: 'quote-clock', cron: '*/20 * * * * *', run: runQuoteClock(deps) },
  { name: 'sweep-quote-documents', cron: '45 */10 * * * *', run: createSweepDocuments(deps) },
];
