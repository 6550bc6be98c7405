import { hash } from 'node:crypto';
import { file } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import { keepApproved } from '../approval/decide-approve.js';
import type { WorkReportDeps } from '../dependencies.js';
import { findVisible } from '../work-report.access.js';
import { workReportVersionNotFound } from '../work-report.errors.js';
import { lastClosedOf, type Approval, type ClosedVersion, type KeptDocument, type WorkReport } from '../work-report.js';
import { describeApproval } from './describe-report.js';
import { forPaper, printPaper } from './keep-document.js';
import type { ApprovalPaper, ReportPaper } from './print-report.js';

interface Query {
  readonly version?: number;
}
export const documentQuery = Joi.object<Query>({ version: Joi.number().integer().min(1) });

type DocumentDeps = Pick<WorkReportDeps, 'workReports' | 'reportFiles' | 'files' | 'print' | 'replicas' | 'rulesOf' | 'appointments'>;

type Reading = Pick<Call, 'caller' | 'ids'>;

const read = async ({ reportFiles }: DocumentDeps, tenantId: string, fileId: string, part: 'pdf' | 'paper' | 'png'): Promise<Buffer> => {
  const found = await reportFiles.get(tenantId, fileId, part);
  if (found === undefined) throw new Error(`the ${part} of ${fileId} is missing`);
  return found.bytes;
};

/** The bytes that were approved, or wait for an approval. */
export const closedBytes = (deps: DocumentDeps, tenantId: string, { document }: ClosedVersion): Promise<Buffer> =>
  read(deps, tenantId, document.fileId, 'pdf');

const approvalPaper = async (deps: DocumentDeps, tenantId: string, version: ClosedVersion, approval: Approval): Promise<ApprovalPaper> => {
  const { timeZone } = await deps.rulesOf(tenantId);
  const page = describeApproval(approval, version.language, timeZone);
  const { signature } = approval;
  if (signature === undefined || !('fileId' in signature)) return page;
  return { ...page, picture: await forPaper(await read(deps, tenantId, signature.fileId, 'png'), 'signature') };
};

/** The pages that were approved, from what they were printed from, and one more that says who approved them. */
const printApproved = async (deps: DocumentDeps, tenantId: string, version: ClosedVersion, approval: Approval): Promise<Buffer> => {
  const kept = JSON.parse((await read(deps, tenantId, version.document.fileId, 'paper')).toString()) as ReportPaper;
  const paper = { ...kept, createdAt: new Date(kept.createdAt) };
  return printPaper(deps, tenantId, paper, await approvalPaper(deps, tenantId, version, approval));
};

/** Printed once and kept, by whoever asks first: photos take seconds of work. */
const approvedBytes = async (
  deps: DocumentDeps,
  { caller: { tenantId }, ids }: Reading,
  report: WorkReport,
  version: ClosedVersion,
  approval: Approval,
): Promise<Buffer> => {
  const { reportFiles, workReports } = deps;
  if (approval.printed !== undefined) return read(deps, tenantId, approval.printed.fileId, 'pdf');
  const bytes = await printApproved(deps, tenantId, version, approval);
  const printed: KeptDocument = { fileId: ids.next(), sha256: hash('sha256', bytes) };
  await reportFiles.put({ tenantId, fileId: printed.fileId, ownerId: report.id }, { pdf: { bytes, contentType: 'application/pdf' } });
  const after = await workReports.in(tenantId).update(report.id, (before) => keepApproved(before, printed));
  const named = (after && lastClosedOf(after)?.approval?.printed) ?? printed;
  if (named.fileId !== printed.fileId) return read(deps, tenantId, named.fileId, 'pdf');
  await reportFiles.confirm(tenantId, named.fileId);
  return bytes;
};

export const pdf = (bytes: Buffer, { number }: Pick<WorkReport, 'number'>, { reportVersion }: ClosedVersion): Reply =>
  file(bytes, 'application/pdf', `${number}-${reportVersion}.pdf`, 'inline');

/** The newest document: an approved one with the page of its approval. */
const newestDocument = async (deps: DocumentDeps, reading: Reading, report: WorkReport): Promise<Reply> => {
  const version = lastClosedOf(report);
  if (version === undefined) throw workReportVersionNotFound();
  const { approval } = version;
  const { tenantId } = reading.caller;
  const bytes = approval === undefined ? closedBytes(deps, tenantId, version) : approvedBytes(deps, reading, report, version, approval);
  return pdf(await bytes, report, version);
};

/** `GET /work-reports/:id/report.pdf`: with `version` that one as it was closed, byte for byte. */
export const getReportPdf =
  (deps: WorkReportDeps) =>
  async (call: Call<unknown, Query, { id: string }>): Promise<Reply> => {
    const { caller, params, query } = call;
    const report = await findVisible(deps, caller, params.id);
    if (query.version === undefined) return newestDocument(deps, call, report);
    const version = report.versions.find(({ reportVersion }) => reportVersion === query.version);
    if (version === undefined) throw workReportVersionNotFound();
    return pdf(await closedBytes(deps, caller.tenantId, version), report, version);
  };
