import { QuoteWithdrawn } from '@riparo/shared/contracts/quotes.events';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import { findVisible, refuseStale, type AccessDeps } from '../quote.access.js';
import { quoteBinding, quoteNotFound, quoteNotWithdrawable, quoteVersionNotNewest } from '../quote.errors.js';
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

export interface Withdrawal {
  /** `quoteVersion` of what is taken back. */
  readonly version: number;
}
export const withdrawBody = Joi.object<Withdrawal>({ version: Joi.number().strict().integer().min(1).required() });

/** A draft is dropped; the first one stays as WITHDRAWN, because the number of the quote must. */
const dropDraft = (quote: Quote): QuoteDecision => {
  const draft = newestOf(quote);
  const earlier = quote.versions.slice(0, -1);
  if (earlier.length === 0) return { state: withVersion(quote, { ...draft, status: 'WITHDRAWN' }) };
  return unseen(quote, withDerived({ ...quote, versions: earlier, droppedVersion: draft.quoteVersion }));
};

/** Whether the version was taken back before. One that a newer sending replaced was not. */
const isWithdrawn = ({ versions, droppedVersion = 0 }: Quote, version: number): boolean => {
  const index = versions.findIndex(({ quoteVersion }) => quoteVersion === version);
  if (index < 0) return version <= Math.max(droppedVersion, versions.at(-1)?.quoteVersion ?? 0);
  return versions[index]?.status === 'WITHDRAWN' && versions.slice(index + 1).every(({ sending }) => sending === undefined);
};

/** Takes the version back, which must be the newest: a draft, or what the customer has. Repeated, it changes nothing. */
export const withdraw = (quote: Quote, { version: wanted }: Withdrawal, now: Date, userId: string): QuoteDecision => {
  if (isWithdrawn(quote, wanted)) return { state: quote };
  const newest = newestOf(quote);
  if (newest.quoteVersion !== wanted) throw quoteVersionNotNewest(newest.quoteVersion);
  if (draftOf(quote) !== undefined) return dropDraft(quote);
  const sent = newestSentOf(quote);
  const status = statusAt(newest, now);
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
  async ({ caller, params: { id }, body, ifMatch, now }: Call<Withdrawal, unknown, { id: string }>): Promise<Reply> => {
    await findVisible(deps, caller, id);
    const quote = await deps.quotes.in(caller.tenantId).update(id, (before) => {
      refuseStale(caller, ifMatch, before);
      return withdraw(before, body, now, caller.userId);
    });
    if (quote === undefined) throw quoteNotFound();
    return ok(viewQuote(caller, quote, now));
  };
