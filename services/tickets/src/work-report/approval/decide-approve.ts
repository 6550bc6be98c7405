import { WorkReportApproved, WorkReportDisputed } from '@riparo/shared/contracts/work-reports.events';
import { compact } from '@riparo/shared/json/compact';
import { workReportChanged, workReportNotClosed, workReportVersionsFull } from '../work-report.errors.js';
import { published } from '../published-report.js';
import {
  lastClosedOf,
  MAX_VERSIONS,
  withDerived,
  withLastClosed,
  type Approval,
  type ClosedVersion,
  type Dispute,
  type KeptDocument,
  type WorkReport,
  type WorkReportDecision,
} from '../work-report.js';

/** The version that the customer has read; throws where it does not wait for an answer, or there is a newer one. */
export const answerable = (report: WorkReport, documentHash: string | undefined): ClosedVersion => {
  const version = lastClosedOf(report);
  if (version === undefined) throw workReportNotClosed(report.status);
  const { sha256 } = version.document;
  if (documentHash !== undefined && documentHash !== sha256) throw workReportChanged(version.reportVersion, sha256);
  if (report.status !== 'CLOSED') throw workReportNotClosed(report.status);
  return version;
};

/** Whether exactly this document is approved: to say so again changes nothing. */
export const isApprovedSo = (report: WorkReport, documentHash: string): boolean =>
  report.status === 'APPROVED' && lastClosedOf(report)?.document.sha256 === documentHash;

/** Keeps the approval with the hash of the document that it is about. */
export const approveReport = (before: WorkReport, approval: Approval): WorkReportDecision => {
  const version = answerable(before, approval.documentHash);
  const approved = withLastClosed(before, { ...version, approval });
  const state = withDerived({ ...approved, status: 'APPROVED' as const });
  const actorUserId = approval.userId ?? approval.takenByUserId;
  const data = compact({ workReport: published(state), at: approval.at.toISOString(), actorUserId });
  return { state, events: [WorkReportApproved.with(data)] };
};

/** Names the document with the page of the approval. Of two that were printed at once the first one to be named counts. */
export const keepApproved = (before: WorkReport, printed: KeptDocument): WorkReportDecision => {
  const version = lastClosedOf(before);
  if (version?.approval === undefined || version.approval.printed !== undefined) return { state: before };
  return { state: withLastClosed(before, { ...version, approval: { ...version.approval, printed } }), unseen: true };
};

/** Sends the report back: what was closed stays readable, and the technician writes the next version. */
export const disputeReport = (before: WorkReport, dispute: Dispute, documentHash: string | undefined): WorkReportDecision => {
  const version = answerable(before, documentHash);
  if (before.versions.length >= MAX_VERSIONS) throw workReportVersionsFull(MAX_VERSIONS);
  const disputed = withLastClosed(before, { ...version, dispute });
  const state = withDerived({ ...disputed, status: 'DISPUTED' as const });
  const data = compact({ workReport: published(state), at: dispute.at.toISOString(), actorUserId: dispute.byUserId });
  return { state, events: [WorkReportDisputed.with(data)] };
};
