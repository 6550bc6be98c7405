import type { PublishedWorkReport, ReportedPart, WorkReportStatus } from '@riparo/shared/contracts/work-reports.events';
import { compact } from '@riparo/shared/json/compact';

/** A work report as this service keeps it: what was driven, and which parts it names. */
export interface WorkReport {
  readonly number: string;
  readonly ticketId?: string;
  readonly repairId?: string;
  /** Number of the ticket or of the repair. */
  readonly subjectNumber: string;
  readonly appointmentId?: string;
  readonly technicianIds: readonly string[];
  readonly vehicleId?: string;
  readonly status: WorkReportStatus;
  readonly currency: string;
  readonly startedAt: Date;
  readonly endedAt?: Date;
  readonly odometer?: { readonly start: number; readonly end: number };
  readonly distanceKm?: number;
  readonly parts: readonly ReportedPart[];
}

export const toWorkReport = (report: PublishedWorkReport): WorkReport =>
  compact({
    number: report.number,
    ticketId: report.ticketId,
    repairId: report.repairId,
    subjectNumber: report.subjectNumber,
    appointmentId: report.appointmentId,
    technicianIds: report.technicianIds,
    vehicleId: report.vehicleId,
    status: report.status,
    currency: report.currency,
    startedAt: new Date(report.startedAt),
    endedAt: report.endedAt === undefined ? undefined : new Date(report.endedAt),
    odometer: report.odometer,
    distanceKm: report.travel?.distanceKm,
    parts: report.parts,
  });

/** It is finished, and nobody has sent it back: what it says was driven counts. */
export const isFinished = ({ status }: Pick<WorkReport, 'status'>): boolean => status === 'CLOSED' || status === 'APPROVED';

/** A technician writes it, so parts can be needed. */
export const isWritten = ({ status }: Pick<WorkReport, 'status'>): boolean => status === 'DRAFT' || status === 'DISPUTED';
