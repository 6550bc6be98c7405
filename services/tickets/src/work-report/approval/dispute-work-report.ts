import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { refuseStale } from '../../kernel/shown-version.js';
import type { WorkReportDeps } from '../dependencies.js';
import { findVisible } from '../work-report.access.js';
import { workReportNotFound } from '../work-report.errors.js';
import { viewWorkReport } from '../work-report.view.js';
import { documentHash } from './approve-work-report.js';
import { disputeReport } from './decide-approve.js';
import { refuseEnded } from './refuse-ended.js';

interface Body {
  readonly reason: string;
  /** Of the document that was read: a newer one is not sent back by mistake. */
  readonly documentHash?: string;
}
export const disputeBody = Joi.object<Body>({ reason: paragraph(2_000).required(), documentHash: documentHash() });

/** `POST /work-reports/:id/dispute`: by the customer, or by the desk for them. */
export const disputeWorkReport =
  (deps: WorkReportDeps) =>
  async ({ caller, params: { id }, body, ifMatch, now }: Call<Body, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    await refuseEnded(deps, tenantId, await findVisible(deps, caller, id));
    const after = await deps.workReports.in(tenantId).update(id, (before) => {
      refuseStale(caller, ifMatch, before);
      return disputeReport(before, { reason: body.reason, at: now, byUserId: userId }, body.documentHash);
    });
    if (after === undefined) throw workReportNotFound();
    return ok(await viewWorkReport(deps, caller, after));
  };
