import { randomUUID } from 'node:crypto';
import type { PublishedRepair } from '../contracts/repairs.events.js';

const NOTHING = { amount: 0, currency: 'EUR' } as const;

/** A repair as the tickets service publishes it: taken in at the counter, without an assignee. */
export const buildPublishedRepair = (part: Partial<PublishedRepair> = {}): PublishedRepair => ({
  id: randomUUID(),
  number: 'REP-2026-000001',
  customerId: randomUUID(),
  device: { category: 'LAPTOP', brand: 'Dell', model: 'Latitude 7420', serialNumber: 'ABC123' },
  problemDescription: 'Does not start',
  source: 'COUNTER',
  status: 'PENDING',
  underWarranty: false,
  createdByUserId: randomUUID(),
  amountDue: NOTHING,
  amountPaid: NOTHING,
  waived: false,
  createdAt: '2026-03-02T09:00:00.000Z',
  ...part,
});
