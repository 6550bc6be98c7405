import type { PublishedSettings } from '@riparo/shared/contracts/auth.events';
import { WORK_REPORT_LINK } from '@riparo/shared/contracts/links';
import { linkInvalid } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { line, paragraph } from '@riparo/shared/http/schemas';
import { compact } from '@riparo/shared/json/compact';
import Joi from 'joi';
import { documentHash } from '../approval/approve-work-report.js';
import { answerable, approveReport, disputeReport, isApprovedSo } from '../approval/decide-approve.js';
import { refuseEnded } from '../approval/refuse-ended.js';
import { keepSignature, signatureFields, type SignatureInput } from '../approval/signature.js';
import type { WorkReportDeps } from '../dependencies.js';
import { closedBytes, pdf } from '../document/get-document.js';
import { customerHasLogin } from '../work-report.errors.js';
import { lastClosedOf, type Approval, type ClosedVersion, type WorkReport } from '../work-report.js';

interface LinkParams {
  readonly token: string;
}
export type LinkCall<Body = unknown> = PublicCall<Body, unknown, LinkParams>;
export interface SignBody extends SignatureInput {
  readonly documentHash: string;
}
export interface SendBackBody {
  readonly name: string;
  readonly reason: string;
}

export const reportLinkParams = Joi.object<LinkParams>({ token: Joi.string().max(1_000).required() });
export const signByLinkBody = Joi.object<SignBody>({ ...signatureFields, documentHash: documentHash().required() }).xor('svgPath', 'png');
export const sendBackByLinkBody = Joi.object<SendBackBody>({ name: line(200).required(), reason: paragraph(2_000).required() });

/** What a link opens: one version of a report, with what its company is called. */
export interface Linked {
  readonly tenantId: string;
  readonly report: WorkReport;
  readonly version: ClosedVersion;
  readonly settings: PublishedSettings | undefined;
  readonly hasLogin: boolean;
}

export const openLink = async (deps: WorkReportDeps, token: string): Promise<Linked> => {
  const { tenantId, subjectId, state } = deps.links.verify(WORK_REPORT_LINK, token);
  const report = await deps.workReports.in(tenantId).find(subjectId);
  const version = report?.versions.find(({ reportVersion }) => String(reportVersion) === state);
  if (report === undefined || version === undefined) throw linkInvalid();
  const [settings, hasLogin] = await Promise.all([
    deps.replicas.settings.find(tenantId, tenantId),
    deps.replicas.hasLogin(tenantId, report.customerId),
  ]);
  return { tenantId, report, version, settings, hasLogin };
};

/** What whoever has the link may see: the work, and nothing about people but who worked. */
export const viewLinked = async ({ replicas }: WorkReportDeps, { tenantId, report, version, settings, hasLogin }: Linked) => {
  const people = await replicas.users.findMany(tenantId, version.technicianIds);
  const { reportVersion, malfunctions, solution, startedAt, endedAt, labourMinutes, customerRemarks, document, closedAt } = version;
  const { companyName = '', contactEmail, contactPhone } = settings ?? {};
  const hasNewerVersion = lastClosedOf(report)?.reportVersion !== reportVersion;
  const waits = report.status === 'CLOSED' && !hasNewerVersion;
  return compact({
    number: report.number,
    reportVersion,
    status: report.status,
    company: compact({ name: companyName, email: contactEmail, phone: contactPhone }),
    subjectNumber: report.subject.number,
    technicians: version.technicianIds.map((id) => people.get(id)?.name ?? ''),
    ...{ malfunctions, solution, startedAt, endedAt, labourMinutes, customerRemarks },
    lines: version.lines.map(({ partId: _part, ...charged }) => charged),
    ...{ net: version.net, vat: version.vat, total: version.total },
    documentHash: document.sha256,
    closedAt,
    approvedAt: version.approval?.at,
    disputedAt: version.dispute?.at,
    canSign: waits && !hasLogin,
    canDispute: waits,
    hasNewerVersion,
  });
};
export type PublicReport = Awaited<ReturnType<typeof viewLinked>>;

/** `GET /public/work-reports/:token`. */
export const getReportByLink =
  (deps: WorkReportDeps) =>
  async ({ params }: LinkCall): Promise<Reply> =>
    ok(await viewLinked(deps, await openLink(deps, params.token)));

/** `GET /public/work-reports/:token/report.pdf`: what is to be signed, byte for byte. */
export const getReportPdfByLink =
  (deps: WorkReportDeps) =>
  async ({ params }: LinkCall): Promise<Reply> => {
    const { tenantId, report, version } = await openLink(deps, params.token);
    return pdf(await closedBytes(deps, tenantId, version), report, version);
  };

/** Whoever has the link signs for a customer without a login. The event therefore names no user. */
export const signByLink = async (deps: WorkReportDeps, { params, ids, ip, now }: LinkCall, body: SignBody): Promise<Linked> => {
  const linked = await openLink(deps, params.token);
  const { tenantId, report: found, version, hasLogin } = linked;
  const report = await deps.workReports.in(tenantId).updateAfter(found.id, async (before, save) => {
    if (isApprovedSo(before, body.documentHash)) return before;
    // The link is for one version: the hash of another one, however it became known, is not signed with it.
    answerable(before, version.document.sha256);
    answerable(before, body.documentHash);
    if (hasLogin) throw customerHasLogin();
    const signature = await keepSignature(deps, body, { tenantId, reportId: found.id, ids, field: 'png' });
    const approval: Approval = { method: 'SIGNATURE', name: body.name, at: now, documentHash: body.documentHash, signature, ip };
    const after = await save((state) => approveReport(state, approval));
    if ('fileId' in signature) await deps.reportFiles.confirm(tenantId, signature.fileId);
    return after;
  });
  return report === undefined ? linked : { ...linked, report, version: lastClosedOf(report) ?? version };
};

export const sendBackByLink = async (deps: WorkReportDeps, { params, now }: LinkCall, body: SendBackBody): Promise<Linked> => {
  const linked = await openLink(deps, params.token);
  const { tenantId, report: found, version } = linked;
  const dispute = { reason: body.reason, name: body.name, at: now };
  await refuseEnded(deps, tenantId, found);
  const report = await deps.workReports.in(tenantId).update(found.id, (before) => disputeReport(before, dispute, version.document.sha256));
  return report === undefined ? linked : { ...linked, report, version: lastClosedOf(report) ?? version };
};

/** `POST /public/work-reports/:token/approve`. */
export const approveReportByLink =
  (deps: WorkReportDeps) =>
  async (call: LinkCall<SignBody>): Promise<Reply> =>
    ok(await viewLinked(deps, await signByLink(deps, call, call.body)));

/** `POST /public/work-reports/:token/dispute`. */
export const disputeReportByLink =
  (deps: WorkReportDeps) =>
  async (call: LinkCall<SendBackBody>): Promise<Reply> =>
    ok(await viewLinked(deps, await sendBackByLink(deps, call, call.body)));
