import { randomUUID } from 'node:crypto';
import type { PublishedInvoice } from '../contracts/invoices.events.js';
import type { PublishedPart, PublishedReservation } from '../contracts/parts.events.js';
import type { PublishedQuote } from '../contracts/quotes.events.js';

const euros = (amount: number) => ({ amount, currency: 'EUR' });

/** What assets and billing publish. */
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

export const buildInvoice = (overrides: Partial<PublishedInvoice> = {}): PublishedInvoice => ({
  id: randomUUID(),
  number: 'A-2026-000001',
  kind: 'INVOICE',
  ...(overrides.ticketId === undefined ? { repairId: randomUUID() } : {}),
  subjectNumber: 'REP-2026-000001',
  customerId: randomUUID(),
  issuedOn: '2026-03-02',
  net: euros(10_000),
  vat: euros(2_200),
  total: euros(12_200),
  vatGroups: [{ vatRate: 22, net: euros(10_000), vat: euros(2_200) }],
  status: 'ISSUED',
  ...overrides,
});
