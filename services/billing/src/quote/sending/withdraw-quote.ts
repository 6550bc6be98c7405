import { QuoteWithdrawn } from '@riparo/shared/contracts/quotes.events';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { findVisible, refuseStale, type AccessDeps } from '../quote.access.js';
import { quoteBinding, quoteNotFound, quoteNotWithdrawable } from '../quote.errors.js';
import {
  draftOf,
  newestOf,
  newestSentOf,
  published,
  statusAt,
  unseen,
  withDerived,
  withVersion,
  type Quote,
  type QuoteDecision,
} from '../quote.js';
import { viewQuote } from '../quote.view.js';
import { boundUntil } from './decide-send.js';

/** A draft is dropped; the first one stays as WITHDRAWN, because its number must. */
const dropDraft = (quote: Quote): QuoteDecision => {
  const draft = newestOf(quote);
  const earlier = quote.versions.slice(0, -1);
  if (earlier.length === 0) return { state: withVersion(quote, { ...draft, status: 'WITHDRAWN' }) };
  return unseen(quote, withDerived({ ...quote, versions: earlier }));
};

/** Takes the newest version back: a draft, or what the customer has. Repeated, it changes nothing. */
export const withdraw = (quote: Quote, now: Date, userId: string): QuoteDecision => {
  if (quote.status === 'WITHDRAWN') return { state: quote };
  if (draftOf(quote) !== undefined) return dropDraft(quote);
  const sent = newestSentOf(quote);
  const status = statusAt(newestOf(quote), now);
  if (sent === undefined || status !== 'SENT') throw quoteNotWithdrawable(status);
  const bound = boundUntil(sent, now);
  if (bound !== undefined) throw quoteBinding(bound);
  const version = { ...sent, status: 'WITHDRAWN' as const };
  const state = withVersion(quote, version);
  return { state, events: [QuoteWithdrawn.with({ quote: published(state, version), at: now.toISOString(), actorUserId: userId })] };
};

/** `POST /quotes/:id/withdraw`. */
export const withdrawQuote =
  (deps: AccessDeps) =>
  async ({ caller, params: { id }, ifMatch, now }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    await findVisible(deps, caller, id);
    const quote = await deps.quotes.in(caller.tenantId).update(id, (before) => {
      refuseStale(caller, ifMatch, before);
      return withdraw(before, now, caller.userId);
    });
    if (quote === undefined) throw quoteNotFound();
    return ok(viewQuote(caller, quote, now));
  };
