import type { DomainEvent } from '@riparo/shared/contracts/event';
import type { ReportTravel } from '@riparo/shared/contracts/work-reports.events';
import { WorkReportStarted } from '@riparo/shared/contracts/work-reports.events';
import type { Appointment } from '../../appointment/appointment.js';
import type { Work } from '../../appointment/work.js';
import { published } from '../published-report.js';
import { withDerived, type WorkReport, type WorkReportDraft } from '../work-report.js';

export interface Beginning {
  readonly id: string;
  readonly work: Pick<Work, 'subject' | 'customerId' | 'assetId'>;
  readonly contactUserId?: string | undefined;
  readonly visit?: (Appointment & { readonly vehicleId?: string }) | undefined;
  readonly technicianIds: readonly string[];
  readonly startedAt: Date;
  readonly travel?: ReportTravel | undefined;
  readonly currency: string;
  readonly byUserId: string;
}

/** `WR-2026-000001`. */
export const workReportNumberOf = (year: string, sequence: number): string => `WR-${year}-${String(sequence).padStart(6, '0')}`;

/** A draft with what is known of the visit. */
export const begin = (beginning: Beginning, number: string): WorkReportDraft => {
  const { id, work, contactUserId, visit, technicianIds, startedAt, travel, currency, byUserId } = beginning;
  return withDerived({
    id,
    number,
    subject: work.subject,
    appointmentId: visit?.id,
    onsite: visit?.type === 'ONSITE_VISIT',
    customerId: work.customerId,
    contactUserId,
    assetId: work.assetId,
    vehicleId: visit?.vehicleId,
    currency,
    startedByUserId: byUserId,
    status: 'DRAFT' as const,
    content: {
      technicianIds,
      malfunctions: [],
      startedAt,
      endedAt: visit?.status === 'COMPLETED' ? visit.actualEndAt : undefined,
      travel,
      parts: [],
      photos: [],
    },
    versions: [],
  });
};

export const begunEvents =
  (byUserId: string, at: Date) =>
  (report: WorkReport): readonly DomainEvent[] => [
    WorkReportStarted.with({ workReport: published(report), at: at.toISOString(), actorUserId: byUserId }),
  ];
