import { QuoteAccepted, QuoteDeclined, type QuoteDecider } from '@riparo/shared/contracts/quotes.events';
import { compact } from '@riparo/shared/json/compact';
import { quoteAlreadyDecided, quoteExpired, quoteNotSent, quoteVersionNotCurrent, quoteWithdrawn } from '../quote.errors.js';
import { newestSentOf, published, statusAt, withVersion, type Quote, type QuoteDecision, type SentVersion } from '../quote.js';

export type Outcome = 'ACCEPTED' | 'DECLINED';

export interface Answer {
  readonly outcome: Outcome;
  /** The version that the customer has read. */
  readonly version: number;
  readonly by: QuoteDecider;
  readonly name: string;
  readonly ip: string;
  readonly comment?: string | undefined;
  readonly userId?: string | undefined;
  readonly at: Date;
}

/** The version that the answer is about; throws where it is not the newest one that was sent. */
export const answeredVersion = (quote: Quote, version: number): SentVersion => {
  const newest = newestSentOf(quote);
  if (newest === undefined) throw quoteNotSent();
  if (newest.quoteVersion !== version) throw quoteVersionNotCurrent(newest.quoteVersion);
  return newest;
};

const refuse = (version: SentVersion, at: Date): void => {
  const status = statusAt(version, at);
  if (status === 'ACCEPTED' || status === 'DECLINED') throw quoteAlreadyDecided(status);
  if (status === 'EXPIRED') throw quoteExpired(version);
  if (status === 'WITHDRAWN') throw quoteWithdrawn();
};

/** Whether this was answered so before: saying the same again changes nothing. */
export const isAnsweredSo = (version: SentVersion, outcome: Outcome): boolean => version.status === outcome;

/** Keeps the answer with the hash of the document that it is about. */
export const answerQuote = (quote: Quote, { outcome, version: answered, by, name, ip, comment, userId, at }: Answer): QuoteDecision => {
  const version = answeredVersion(quote, answered);
  if (isAnsweredSo(version, outcome)) return { state: quote };
  refuse(version, at);
  const { document, form } = version.sending;
  const hashes = { documentHash: document.sha256, formHash: form?.sha256 };
  const after: SentVersion = { ...version, status: outcome, decision: compact({ by, name, at, ip, ...hashes, comment, userId }) };
  const state = withVersion(quote, after);
  const event = outcome === 'ACCEPTED' ? QuoteAccepted : QuoteDeclined;
  return { state, events: [event.with(compact({ quote: published(state, after), at: at.toISOString(), actorUserId: userId }))] };
};
