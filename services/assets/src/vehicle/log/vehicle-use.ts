import type { PublishedSubject } from '@riparo/shared/contracts/appointments.events';
import { compact } from '@riparo/shared/json/compact';
import type { Replicated } from '@riparo/shared/persistence/replica';
import type { Booking } from '../../replica/booking.js';
import { isFinished, type WorkReport } from '../../replica/work-report.js';

/** A visit to which somebody drove a vehicle: what the appointment and the report of it tell. */
export interface VehicleUse {
  readonly vehicleId: string;
  readonly at: Date;
  readonly endedAt?: Date;
  readonly technicianId?: string;
  readonly technicianName?: string;
  readonly visit: PublishedSubject;
  readonly appointmentId?: string;
  readonly workReport?: { readonly id: string; readonly number: string };
  readonly odometer?: { readonly start: number; readonly end: number };
  readonly distanceKm?: number;
}

/** A report without a vehicle tells nothing of one. */
const toldBy = (report: WorkReport & Replicated): Partial<VehicleUse> => {
  const { id, number, technicianIds, vehicleId, odometer, distanceKm, startedAt, endedAt, ticketId, repairId = '' } = report;
  if (vehicleId === undefined) return {};
  const visit: PublishedSubject =
    ticketId === undefined
      ? { kind: 'REPAIR', id: repairId, number: report.subjectNumber }
      : { kind: 'TICKET', id: ticketId, number: report.subjectNumber };
  const [technicianId] = technicianIds;
  return compact({ vehicleId, technicianId, odometer, distanceKm, at: startedAt, endedAt, visit, workReport: { id, number } });
};

/** What the log says of a visit; `undefined` where nobody drove. The last report that was closed knows better than the appointment. */
export const useOf = (
  booking: (Booking & Replicated) | undefined,
  reports: readonly (WorkReport & Replicated)[],
): VehicleUse | undefined => {
  const { trip } = booking ?? {};
  const report = reports.filter(isFinished).at(-1);
  const use: Partial<VehicleUse> = { ...trip, ...(report && toldBy(report)) };
  const { vehicleId, at, visit, technicianId } = use;
  if (vehicleId === undefined || at === undefined || visit === undefined) return undefined;
  // The name that the appointment tells is that of its own technician.
  const technicianName = technicianId === trip?.technicianId ? trip?.technicianName : undefined;
  return compact({ ...use, vehicleId, at, visit, technicianName, appointmentId: booking?.id });
};
