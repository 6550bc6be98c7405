import { randomUUID } from 'node:crypto';
import type { PublishedWorkReport } from '../contracts/work-reports.events.js';

/** A closed work report of a ticket, without lines. */
export const buildWorkReport = (part: Partial<PublishedWorkReport> = {}): PublishedWorkReport => ({
  id: randomUUID(),
  number: 'WR-2026-000001',
  reportVersion: 1,
  ...(part.repairId === undefined ? { ticketId: randomUUID() } : {}),
  subjectNumber: 'TKT-2026-001',
  customerId: randomUUID(),
  technicianIds: [randomUUID()],
  status: 'CLOSED',
  currency: 'EUR',
  malfunctions: [{ component: 'Power supply', symptom: 'Does not start', cause: 'Burst capacitor' }],
  solution: 'Changed the power supply.',
  startedAt: '2026-03-02T08:00:00.000Z',
  endedAt: '2026-03-02T09:00:00.000Z',
  labourMinutes: 60,
  parts: [],
  lines: [],
  ...part,
});
