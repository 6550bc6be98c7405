import { ReservationChanged, type PublishedReservation } from '@riparo/shared/contracts/parts.events';
import {
  QuoteAccepted,
  QuoteDeclined,
  QuoteExpired,
  QuoteSent,
  QuoteWithdrawn,
  type PublishedQuote,
} from '@riparo/shared/contracts/quotes.events';
import { buildPart } from '@riparo/shared/testing/published-money';
import type { Bench } from '../bench.js';

const QUOTE_EVENTS = {
  SENT: QuoteSent,
  ACCEPTED: QuoteAccepted,
  DECLINED: QuoteDeclined,
  EXPIRED: QuoteExpired,
  WITHDRAWN: QuoteWithdrawn,
} as const;

const at = '2026-03-02T10:00:00.000Z';

/** Billing tells what became of a quote; `version` is that of the quote in billing. */
export const tellQuote = (bench: Bench, quote: PublishedQuote, version: number): Promise<void> =>
  bench.test.publish(QUOTE_EVENTS[quote.status as keyof typeof QUOTE_EVENTS], { quote, at }, { subject: quote.id, version });

/** Assets tells of a reservation; `version` is that of its part. */
export const tellReservation = (bench: Bench, reservation: PublishedReservation, version: number): Promise<void> =>
  bench.test.publish(
    ReservationChanged,
    { part: buildPart({ id: reservation.partId }), reservation, at },
    { subject: reservation.partId, version },
  );
