import { QuoteExpired } from '@riparo/shared/contracts/quotes.events';
import { newestSentOf, published, withVersion, type Quote, type QuoteDecision } from '../quote.js';

/** Work that has ended needs no answer: what the customer has is closed, and the event says that nobody needs to be told. */
export const closeForEndedWork = (quote: Quote, now: Date): QuoteDecision => {
  const sent = newestSentOf(quote);
  if (sent?.status !== 'SENT') return { state: quote };
  const version = { ...sent, status: 'EXPIRED' as const, reason: 'WORK_ENDED' as const };
  const state = withVersion(quote, version);
  return { state, events: [QuoteExpired.with({ quote: published(state, version), at: now.toISOString() })] };
};
