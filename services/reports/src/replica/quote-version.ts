import type { PublishedQuote, QuoteStatus, SentQuoteVersion } from '@riparo/shared/contracts/quotes.events';
import { HOUR_MS } from '@riparo/shared/time/units';

/** A version of a quote that was sent, as this service keeps it. */
export interface QuoteVersion {
  readonly status: QuoteStatus;
  readonly sentAt: Date;
  readonly currency: string;
  /** From sending to the customer's answer by the clock on the wall, to a tenth; missing: no answer. */
  readonly hours?: number;
  /** By how much the acceptance raised what was agreed, VAT included, in minor units; missing: not accepted. */
  readonly added?: number;
}

/** The customer has answered. */
export const isDecided = (status: QuoteStatus): boolean => status === 'ACCEPTED' || status === 'DECLINED';

const hoursOf = ({ sentAt, decidedAt }: SentQuoteVersion): Pick<QuoteVersion, 'hours'> => {
  if (decidedAt === undefined) return {};
  const ms = Math.max(0, Date.parse(decidedAt) - Date.parse(sentAt));
  return { hours: Math.round((ms / HOUR_MS) * 10) / 10 };
};

const copyOf = (version: SentQuoteVersion, agreed: number): QuoteVersion => {
  const { status, sentAt, total } = version;
  const added = status === 'ACCEPTED' ? { added: total.amount - agreed } : {};
  return { status, sentAt: new Date(sentAt), currency: total.currency, ...hoursOf(version), ...added };
};

/**
 * All versions of the quote that were sent, by the ids of their copies: an event tells what has become of each. A version
 * has the prices of the whole work, so accepting 150.00 after 100.00 adds 50.00.
 */
export const toQuoteVersions = (quote: PublishedQuote): ReadonlyMap<string, QuoteVersion> => {
  const copies = new Map<string, QuoteVersion>();
  let agreed = 0;
  for (const version of [...(quote.earlier ?? []), quote]) {
    copies.set(`${quote.id}.${version.quoteVersion}`, copyOf(version, agreed));
    if (version.status === 'ACCEPTED') agreed = version.total.amount;
  }
  return copies;
};
