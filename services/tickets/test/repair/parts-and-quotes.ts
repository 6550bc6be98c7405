import { ReservationChanged, type PublishedPart, type PublishedReservation } from '@riparo/shared/contracts/parts.events';
import {
  QuoteAccepted,
  QuoteDeclined,
  QuoteExpired,
  QuoteSent,
  QuoteWithdrawn,
  type PublishedQuote,
} from '@riparo/shared/contracts/quotes.events';
import { randomUUID } from 'node:crypto';
import type { Bench } from '../bench.js';

const euros = (amount: number) => ({ amount, currency: 'EUR' });

export const buildPart = (overrides: Partial<PublishedPart> = {}): PublishedPart => ({
  id: randomUUID(),
  sku: 'LCD-12',
  name: 'Display 12"',
  salePrice: euros(8_000),
  vatRate: 22,
  active: true,
  onHand: 0,
  reserved: 0,
  available: 0,
  ...overrides,
});

export const buildReservation = (overrides: Partial<PublishedReservation> & { readonly repairId: string }): PublishedReservation => ({
  id: randomUUID(),
  partId: randomUUID(),
  quantity: 1,
  state: 'BACKORDERED',
  unitPrice: euros(8_000),
  charge: 'BILLED',
  ...overrides,
});

export const buildQuote = (overrides: Partial<PublishedQuote> = {}): PublishedQuote => ({
  id: randomUUID(),
  number: 'QUO-2026-000001',
  quoteVersion: 1,
  customerId: randomUUID(),
  createdByUserId: randomUUID(),
  subjectNumber: 'REP-2026-000001',
  lines: [],
  net: euros(10_000),
  vat: euros(2_200),
  total: euros(12_200),
  validUntil: '2026-04-01',
  status: 'SENT',
  sentAt: '2026-03-02T10:00:00.000Z',
  ...overrides,
});

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
