import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import { refuseStaleVersion } from '@riparo/shared/persistence/if-match';
import Joi from 'joi';
import type { WorkReportDeps } from '../dependencies.js';
import { findVisible, refuseForeign } from '../work-report.access.js';
import { workReportNotFound } from '../work-report.errors.js';
import { viewWorkReport } from '../work-report.view.js';
import { discardReport } from './decide-edit.js';

interface Body {
  readonly reason: string;
}
export const discardBody = Joi.object<Body>({ reason: paragraph(1_000).required() });

/** `POST /work-reports/:id/discard`: what was reserved for it is free again. */
export const discardWorkReport =
  (deps: WorkReportDeps) =>
  async ({ caller, params: { id }, body, ifMatch, now }: Call<Body, unknown, { id: string }>): Promise<Reply> => {
    refuseForeign(caller, await findVisible(deps, caller, id));
    const after = await deps.workReports.in(caller.tenantId).update(id, (before) => {
      refuseForeign(caller, before);
      refuseStaleVersion(ifMatch, before.version);
      return discardReport(before, body.reason, now, caller.userId);
    });
    if (after === undefined) throw workReportNotFound();
    return ok(await viewWorkReport(deps, caller, after));
  };
