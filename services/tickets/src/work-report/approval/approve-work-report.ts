import { isDesk } from '@riparo/shared/contracts/roles';
import { forbidden } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line, paragraph } from '@riparo/shared/http/schemas';
import { refuseStale } from '../../kernel/shown-version.js';
import { isStaffCaller } from '../../kernel/held.js';
import Joi from 'joi';
import type { WorkReportDeps } from '../dependencies.js';
import { findVisible, refuseForeign } from '../work-report.access.js';
import { approverNotOfCustomer, customerHasLogin, workReportNotFound } from '../work-report.errors.js';
import type { Approval, WorkReport } from '../work-report.js';
import { viewWorkReport } from '../work-report.view.js';
import { answerable, approveReport, isApprovedSo } from './decide-approve.js';
import { keepSignature, signatureFields, type SignatureInput } from './signature.js';

interface Body {
  /** SHA-256 of the PDF that the customer has read. */
  readonly documentHash: string;
  /** Of `POST /auth/approvals` with the purpose `sign:work-report` and the report's id. */
  readonly approvalToken?: string;
  /** Drawn on the technician's device by a customer without a login. */
  readonly signature?: SignatureInput;
  /** Taken down by the desk: the customer signed on paper. */
  readonly counter?: { readonly name: string; readonly note?: string };
}

export const documentHash = () =>
  Joi.string()
    .hex()
    .length(64)
    .lowercase()
    .messages({ 'string.length': 'must be a SHA-256 in hexadecimal digits', 'string.hex': 'must be a SHA-256 in hexadecimal digits' });

export const approveBody = Joi.object<Body>({
  documentHash: documentHash().required(),
  approvalToken: Joi.string().max(4_000),
  signature: Joi.object<SignatureInput>(signatureFields).xor('svgPath', 'png'),
  counter: Joi.object({ name: line(200).required(), note: paragraph(1_000) }),
}).xor('approvalToken', 'signature', 'counter');

type ApproveCall = Call<Body, unknown, { id: string }>;

const PURPOSE = 'sign:work-report';

/** Customers approve with their password; staff have it done on their device, or take it down. */
const refuseUnfit = (call: ApproveCall, report: WorkReport): void => {
  const { caller, body } = call;
  if (isStaffCaller(caller)) refuseForeign(caller, report);
  else if (body.approvalToken === undefined) throw forbidden('Approve with your password.');
  if (body.counter !== undefined && !isDesk(caller.role)) throw forbidden('Only the desk takes down an approval on paper.');
};

type Given = Omit<Approval, 'at' | 'documentHash' | 'ip' | 'takenByUserId'>;

/** Spends the approval: nothing but the write comes after it. */
const redeemed = async (
  { approvals }: WorkReportDeps,
  call: ApproveCall,
  token: string,
  report: WorkReport,
  use: string,
): Promise<Given> => {
  const { tenantId, userId: requestedBy } = call.caller;
  const approver = await approvals.redeem(token, { tenantId, requestedBy, purpose: PURPOSE, subjectId: report.id, use });
  if (approver.customerId !== report.customerId) throw approverNotOfCustomer();
  const { name, userId, approvalId } = approver;
  return { method: 'CREDENTIALS', name, userId, approvalId };
};

const givenBy = async (deps: WorkReportDeps, call: ApproveCall, report: WorkReport, use: string): Promise<Given> => {
  const { caller, body, ids } = call;
  const { tenantId } = caller;
  const { approvalToken, signature, counter } = body;
  if (approvalToken !== undefined) return redeemed(deps, call, approvalToken, report, use);
  if (signature === undefined) return { method: 'COUNTER', name: counter?.name ?? '', note: counter?.note };
  if (await deps.replicas.hasLogin(tenantId, report.customerId)) throw customerHasLogin();
  const drawn = await keepSignature(deps, signature, { tenantId, reportId: report.id, ids, field: 'signature.png' });
  return { method: 'SIGNATURE', name: signature.name, signature: drawn };
};

/**
 * `POST /work-reports/:id/approve`. The version that was read is compared, the approval is spent, and one guarded write keeps
 * it. When a dispute comes in between, everything is decided anew, and the approval is refused.
 */
export const approveWorkReport =
  (deps: WorkReportDeps) =>
  async (call: ApproveCall): Promise<Reply> => {
    const { caller, params, body, ids, ifMatch, now, ip } = call;
    const { tenantId, userId } = caller;
    refuseUnfit(call, await findVisible(deps, caller, params.id));
    const use = ids.next();
    const report = await deps.workReports.in(tenantId).updateAfter(params.id, async (before, save) => {
      if (isApprovedSo(before, body.documentHash)) return before;
      refuseStale(caller, ifMatch, before);
      answerable(before, body.documentHash);
      const given = await givenBy(deps, call, before, use);
      const takenByUserId = isStaffCaller(caller) ? userId : undefined;
      const approval: Approval = { ...given, at: now, documentHash: body.documentHash, ip, takenByUserId };
      const after = await save((state) => approveReport(state, approval));
      const { signature } = approval;
      if (signature !== undefined && 'fileId' in signature) await deps.reportFiles.confirm(tenantId, signature.fileId);
      return after;
    });
    if (report === undefined) throw workReportNotFound();
    return ok(await viewWorkReport(deps, caller, report));
  };
