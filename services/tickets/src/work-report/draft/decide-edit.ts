import { WorkReportDiscarded, type ReportedPart } from '@riparo/shared/contracts/work-reports.events';
import { isDeepStrictEqual } from 'node:util';
import { compact } from '@riparo/shared/json/compact';
import { workReportAlreadyClosed, workReportNotOpen } from '../work-report.errors.js';
import { published } from '../published-report.js';
import {
  isOpen,
  withDerived,
  type ReportContent,
  type ReportPhoto,
  type WorkReport,
  type WorkReportDecision,
  type WrittenTravel,
} from '../work-report.js';
import type { ReportEdit } from '../work-report.schema.js';

/** An edit with its ids looked up. */
export interface Edit extends Omit<ReportEdit, 'parts' | 'photos'> {
  readonly parts?: readonly ReportedPart[] | undefined;
  readonly photos?: readonly ReportPhoto[] | undefined;
}

export const refuseNotOpen = ({ status }: Pick<WorkReport, 'status'>): void => {
  if (!isOpen(status)) throw workReportNotOpen(status);
};

/** What a person typed is theirs; what the provider of journeys had said is kept beside it. */
const travelAfter = (before: WrittenTravel | undefined, wanted: ReportEdit['travel']): WrittenTravel | undefined => {
  if (wanted === undefined || wanted === null) return wanted === null ? undefined : before;
  if (before?.distanceKm === wanted.distanceKm && before.minutes === wanted.minutes) return before;
  const asSuggested = before === undefined || before.source === 'MANUAL' ? undefined : before;
  return compact({ ...wanted, source: 'MANUAL' as const, suggested: before?.suggested ?? asSuggested });
};

const after = <T>(before: T | undefined, wanted: T | null | undefined): T | undefined =>
  wanted === undefined ? before : (wanted ?? undefined);

const edited = (before: ReportContent, edit: Edit): ReportContent =>
  compact({
    technicianIds: edit.technicianIds ?? before.technicianIds,
    malfunctions: edit.malfunctions ?? before.malfunctions,
    solution: after(before.solution, edit.solution),
    startedAt: edit.startedAt ?? before.startedAt,
    endedAt: after(before.endedAt, edit.endedAt),
    labourMinutes: after(before.labourMinutes, edit.labourMinutes),
    travel: travelAfter(before.travel, edit.travel),
    odometer: after(before.odometer, edit.odometer),
    parts: edit.parts ?? before.parts,
    photos: edit.photos ?? before.photos,
    customerRemarks: after(before.customerRemarks, edit.customerRemarks),
  });

/** Writes in a report that is open. Customers see a report as it was closed last, so they see nothing of it. */
export const editReport = (before: WorkReport, edit: Edit): WorkReportDecision => {
  refuseNotOpen(before);
  const content = edited(before.content, edit);
  if (isDeepStrictEqual(content, before.content)) return { state: before };
  return { state: withDerived({ ...before, content }), unseen: before.shown };
};

/** A report that was begun by mistake. What the customer has seen stays. */
export const discardReport = (before: WorkReport, reason: string, at: Date, byUserId: string): WorkReportDecision => {
  if (before.status === 'DISCARDED') return { state: before };
  if (before.shown) throw workReportAlreadyClosed();
  const state = withDerived({ ...before, status: 'DISCARDED' as const, discarded: { reason, at, byUserId } });
  const data = { workReport: published(state), at: at.toISOString(), actorUserId: byUserId };
  return { state, events: [WorkReportDiscarded.with(data)] };
};
