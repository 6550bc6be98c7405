import type { Replicas } from '../../replica/replicas.js';
import { useOf } from './vehicle-use.js';
import type { UseStore } from './use.store.js';

interface Deps extends Pick<Replicas, 'bookings' | 'workReports'> {
  readonly vehicleUses: UseStore;
}

/** A visit is told of by its appointment, or by a report without one. */
export interface VisitSource {
  readonly appointmentId?: string | undefined;
  readonly workReportId?: string | undefined;
}

/** Brings the log in line with what the copies say of a visit now. */
export type RecordUse = (tenantId: string, of: VisitSource) => Promise<void>;

/** Of one appointment there is one report, and those that were discarded. */
const MAX_REPORTS = 50;

/**
 * The copies only ever grow newer, so the sum of their versions says which of two looks at them saw more: entries are written by it,
 * and events may come in any order.
 */
export const createRecordUse =
  ({ bookings, workReports, vehicleUses }: Deps): RecordUse =>
  async (tenantId, { appointmentId, workReportId }) => {
    const ofVisit = appointmentId === undefined ? { id: workReportId ?? '' } : { appointmentId };
    const booking = appointmentId === undefined ? undefined : await bookings.in(tenantId).find(appointmentId);
    const reports = await workReports.in(tenantId).list(ofVisit, { sort: { id: 1 }, limit: MAX_REPORTS });
    const version = reports.reduce((sum, report) => sum + report.version, booking?.version ?? 0);
    await vehicleUses.put(tenantId, appointmentId ?? workReportId ?? '', version, useOf(booking, reports));
  };
