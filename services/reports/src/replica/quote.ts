import type { Money } from '@riparo/shared/contracts/money';
import type { QuoteEventV1, QuoteStatus } from '@riparo/shared/contracts/quotes.events';
import { HOUR_MS } from '@riparo/shared/time/units';

/** The newest version of a quote that was sent, as this service keeps it. */
export interface Quote {
  readonly status: QuoteStatus;
  readonly sentAt: Date;
  readonly total: Money;
  /** From sending to the customer's answer by the clock on the wall, to a tenth; missing: no answer. */
  readonly hours?: number;
}

export const toQuote = ({ quote: { status, sentAt, decidedAt, total } }: QuoteEventV1): Quote => {
  const ms = decidedAt === undefined ? undefined : Math.max(0, Date.parse(decidedAt) - Date.parse(sentAt));
  return { status, sentAt: new Date(sentAt), total, ...(ms === undefined ? {} : { hours: Math.round((ms / HOUR_MS) * 10) / 10 }) };
};
