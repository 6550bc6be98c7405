import { WORK_REPORT_LINK, WORK_REPORT_LINK_DAYS, workReportPath } from '@riparo/shared/contracts/links';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { DAY_MS } from '@riparo/shared/time/units';
import { answerable } from '../approval/decide-approve.js';
import type { WorkReportDeps } from '../dependencies.js';
import { findVisible, refuseForeign } from '../work-report.access.js';

/** `POST /work-reports/:id/sign-link`: for the version that waits for an answer. */
export const makeSignLink =
  (deps: WorkReportDeps) =>
  async ({ caller, params: { id }, now }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const report = await findVisible(deps, caller, id);
    refuseForeign(caller, report);
    const { reportVersion } = answerable(report, undefined);
    const expiresAt = new Date(now.getTime() + WORK_REPORT_LINK_DAYS * DAY_MS);
    const grant = { tenantId: caller.tenantId, subjectId: id, state: String(reportVersion) };
    return ok({ url: `${deps.publicUrl}${workReportPath(deps.links.sign(WORK_REPORT_LINK, grant, expiresAt))}`, expiresAt });
  };
