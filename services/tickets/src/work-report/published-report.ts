import type { PublishedWorkReport } from '@riparo/shared/contracts/work-reports.events';
import { compact } from '@riparo/shared/json/compact';
import { lastClosedOf, type ClosedVersion, type ReportContent, type WorkReport } from './work-report.js';

const iso = (date: Date | undefined): string | undefined => date?.toISOString();

const publishedContent = (content: ReportContent) => {
  const { technicianIds, malfunctions, solution, startedAt, endedAt, labourMinutes, travel, odometer, parts } = content;
  return {
    technicianIds,
    malfunctions,
    solution,
    startedAt: startedAt.toISOString(),
    endedAt: iso(endedAt),
    labourMinutes,
    travel: travel && { distanceKm: travel.distanceKm, minutes: travel.minutes, source: travel.source },
    odometer: odometer?.end === undefined ? undefined : { start: odometer.start, end: odometer.end },
    parts,
  };
};

const publishedVersion = ({ lines, total, coveredByPlanId, document, closedAt, approval, dispute }: ClosedVersion) => ({
  lines,
  total,
  coveredByPlanId,
  documentHash: document.sha256,
  closedAt: closedAt.toISOString(),
  approval: approval && { method: approval.method, name: approval.name, at: approval.at.toISOString() },
  dispute: dispute && { reason: dispute.reason, at: dispute.at.toISOString() },
});

/** The report as events carry it: the newest closed version, or the draft while there is none. */
export const published = (report: WorkReport): PublishedWorkReport => {
  const { id, number, subject, appointmentId, customerId, contactUserId, assetId, vehicleId, status, currency, content } = report;
  const closed = lastClosedOf(report);
  return compact({
    id,
    number,
    reportVersion: closed?.reportVersion ?? 1,
    ticketId: subject.kind === 'TICKET' ? subject.id : undefined,
    repairId: subject.kind === 'REPAIR' ? subject.id : undefined,
    subjectNumber: subject.number,
    appointmentId,
    customerId,
    contactUserId,
    assetId,
    vehicleId,
    status,
    currency,
    lines: [],
    ...compact(publishedContent(closed ?? content)),
    ...(closed === undefined ? {} : compact(publishedVersion(closed))),
  });
};
