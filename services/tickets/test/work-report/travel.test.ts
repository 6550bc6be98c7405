import { expect } from 'chai';
import { editReport } from '../../src/work-report/draft/decide-edit.js';
import { begin } from '../../src/work-report/start/decide-start.js';
import type { WorkReport } from '../../src/work-report/work-report.js';

const now = new Date('2026-03-03T10:00:00Z');
const SUGGESTED = { distanceKm: 10.5, minutes: 17, source: 'OSRM' as const };

const draft = (): WorkReport => ({
  ...begin(
    {
      ...{ id: 'report', work: { subject: { kind: 'TICKET', id: 'ticket', number: 'TKT-1' }, customerId: 'rosa' }, byUserId: 'elena' },
      ...{ technicianIds: ['elena'], startedAt: now, travel: SUGGESTED, currency: 'EUR' },
    },
    'WR-2026-000001',
  ),
  ...{ version: 1, createdAt: now, updatedAt: now },
});
const travelled = (report: WorkReport, travel: { distanceKm: number; minutes: number }): WorkReport => ({
  ...report,
  ...editReport(report, { travel }).state,
});

describe('the journey of a work report', () => {
  it('when it is corrected, also twice, then what was suggested first is kept', () => {
    const once = travelled(draft(), { distanceKm: 12, minutes: 20 });
    expect(once.content.travel).to.deep.equal({ distanceKm: 12, minutes: 20, source: 'MANUAL', suggested: SUGGESTED });
    expect(travelled(once, { distanceKm: 13, minutes: 20 }).content.travel?.suggested).to.deep.equal(SUGGESTED);
  });

  it('when it is confirmed as it was suggested, then it stays what it is', () => {
    expect(travelled(draft(), { distanceKm: 10.5, minutes: 17 }).content.travel).to.deep.equal(SUGGESTED);
  });
});
