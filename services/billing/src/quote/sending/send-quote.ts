import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { HOUR_MS } from '@riparo/shared/time/units';
import { formFaults, partFaults, refuseFaults } from '../draft/check-content.js';
import { findQuotable, type DraftDeps } from '../draft/create-quote.js';
import type { PrintAndKeep } from '../document/print-and-keep.js';
import type { DocumentStore } from '../document/document-store.js';
import { workFilter, type WorkId } from '../../work/work.js';
import { findVisible, refuseStale } from '../quote.access.js';
import { quoteNotFound } from '../quote.errors.js';
import { MOST_QUOTES, type Quotes } from '../quote.repository.js';
import { viewQuote } from '../quote.view.js';
import { planSending, send } from './decide-send.js';

export interface SendDeps extends DraftDeps {
  readonly printAndKeep: PrintAndKeep;
  readonly documents: DocumentStore;
}

/** When quotes for the same work were sent within the last hour. */
const sendingsOf = async (inTenant: ReturnType<Quotes['in']>, work: WorkId, now: Date): Promise<readonly Date[]> => {
  const filter = { ...workFilter(work), sendingTimes: { $gt: new Date(now.getTime() - HOUR_MS) } };
  const { items } = await inTenant.page({ filter, sort: { id: 1 }, page: 1, pageSize: MOST_QUOTES, leaveOut: ['versions'] });
  return items.flatMap(({ sendingTimes }) => sendingTimes);
};

/**
 * `POST /quotes/:id/send`. Parts and customer may have changed since the draft was written, so they are looked at again. The
 * bytes are kept before the version names them. When the customer answers the version before while the printer is at work,
 * everything is decided anew, and the answer wins.
 */
export const sendQuote =
  (deps: SendDeps) =>
  async ({ caller, params: { id }, ifMatch, now }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    await findVisible(deps, caller, id);
    const sent = await deps.quotes.in(tenantId).updateAfter(id, async (quote, save) => {
      refuseStale(caller, ifMatch, quote);
      await findQuotable(deps, caller, quote);
      const [centre, sendings] = await Promise.all([deps.centreOf(tenantId), sendingsOf(deps.quotes.in(tenantId), quote, now)]);
      const plan = planSending(quote, { now, centre, sendings });
      if (plan === undefined) return quote;
      refuseFaults([
        ...(await partFaults(deps.replicas, tenantId, plan.version.lines)),
        ...(await formFaults(deps.replicas, tenantId, quote.customerId, plan.version)),
      ]);
      const printed = await deps.printAndKeep(tenantId, quote, plan.version, now);
      const after = await save((before) => send(before, plan, printed, { now, userId }));
      for (const kept of [printed.document, printed.form]) if (kept !== undefined) await deps.documents.confirm(tenantId, kept.fileId);
      return after;
    });
    if (sent === undefined) throw quoteNotFound();
    return ok(viewQuote(caller, sent, now));
  };
