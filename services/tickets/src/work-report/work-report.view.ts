import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import { compact } from '@riparo/shared/json/compact';
import { isStaffCaller } from '../kernel/held.js';
import { shownVersion } from '../kernel/shown-version.js';
import type { Replicas } from '../replica/replicas.js';
import {
  isOpen,
  lastClosedOf,
  type Approval,
  type ClosedVersion,
  type Dispute,
  type ReportContent,
  type WorkReport,
} from './work-report.js';

/** Staff see what is being written, customers what was closed last. */
const shownTo = (caller: Caller, report: WorkReport): ReportContent & Partial<ClosedVersion> => {
  const closed = lastClosedOf(report);
  const isWritten = closed === undefined || (isStaffCaller(caller) && isOpen(report.status));
  return isWritten ? { ...report.content, reportVersion: report.versions.length + 1 } : closed;
};

/** The network address is for the desk, which has to prove who approved. */
const viewApproval = ({ role }: Caller, { method, name, at, documentHash, userId, takenByUserId, note, ip }: Approval) =>
  compact({ method, name, at, documentHash, userId, takenByUserId, note, ip: isDesk(role) ? ip : undefined });

const viewDispute = ({ reason, at, name }: Dispute) => compact({ reason, at, name });

const viewState = (caller: Caller, { document, closedAt, approval, dispute, total }: Partial<ClosedVersion>) => ({
  documentHash: document?.sha256,
  closedAt,
  total,
  approval: approval && viewApproval(caller, approval),
  dispute: dispute && viewDispute(dispute),
});

/** One item of `GET /work-reports`. */
export const viewListedReport = (caller: Caller, report: WorkReport) => {
  const { id, number, subject, appointmentId, customerId, assetId, vehicleId, status, currency, createdAt, updatedAt } = report;
  const shown = shownTo(caller, report);
  const { reportVersion, technicianIds, startedAt, endedAt, labourMinutes } = shown;
  return compact({
    id,
    number,
    reportVersion,
    ticketId: subject.kind === 'TICKET' ? subject.id : undefined,
    repairId: subject.kind === 'REPAIR' ? subject.id : undefined,
    subjectNumber: subject.number,
    appointmentId,
    customerId,
    assetId,
    vehicleId: isStaffCaller(caller) ? vehicleId : undefined,
    technicianIds,
    status,
    currency,
    startedAt,
    endedAt,
    labourMinutes,
    ...viewState(caller, shown),
    createdAt,
    updatedAt,
    version: shownVersion(caller, report),
  });
};

const viewContent = (caller: Caller, content: ReportContent & Partial<ClosedVersion>) => {
  const { malfunctions, solution, travel, odometer, parts, photos, customerRemarks, lines = [], net, vat, coveredByPlanId } = content;
  const { suggested, ...journey } = travel ?? { suggested: undefined };
  return {
    malfunctions,
    solution,
    travel: travel && compact({ ...journey, suggested: isStaffCaller(caller) ? suggested : undefined }),
    // Customers are told nothing of vehicles.
    odometer: isStaffCaller(caller) ? odometer : undefined,
    parts,
    photos: photos.map(({ entryId: _, ...photo }) => photo),
    customerRemarks,
    lines,
    net,
    vat,
    coveredByPlanId,
  };
};

export const viewWorkReport = async ({ replicas }: { readonly replicas: Replicas }, caller: Caller, report: WorkReport) => {
  const shown = shownTo(caller, report);
  const people = await replicas.users.findMany(caller.tenantId, shown.technicianIds);
  const { discarded } = report;
  return compact({
    ...viewListedReport(caller, report),
    technicians: shown.technicianIds.map((id) => ({ id, name: people.get(id)?.name ?? '' })),
    ...viewContent(caller, shown),
    discarded: discarded && { reason: discarded.reason, at: discarded.at },
    versions: report.versions.map((version) => compact({ reportVersion: version.reportVersion, ...viewState(caller, version) })),
  });
};
