import type { Clock } from '@riparo/shared/runtime/clock';
import { HOUR_MS } from '@riparo/shared/time/units';
import type { Quote } from '../quote.js';
import type { Quotes } from '../quote.repository.js';
import type { DocumentStore } from './document-store.js';

const BATCH = 100;

const names = ({ versions }: Quote, fileId: string): boolean =>
  versions.some(({ sending }) => sending?.document.fileId === fileId || sending?.form?.fileId === fileId);

/** The job that removes PDFs which no version names: a sending that was overtaken, or a crash, left them. */
export const createSweepDocuments =
  ({ quotes, documents, clock }: { readonly quotes: Quotes; readonly documents: DocumentStore; readonly clock: Clock }) =>
  async (): Promise<void> => {
    const before = new Date(clock.now().getTime() - HOUR_MS);
    for (const { tenantId, fileId, ownerId = '' } of await documents.findLoose(before, BATCH)) {
      const quote = await quotes.in(tenantId).find(ownerId);
      if (quote !== undefined && names(quote, fileId)) await documents.confirm(tenantId, fileId);
      else await documents.remove(tenantId, fileId);
    }
  };
