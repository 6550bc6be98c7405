import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import { WORK_REPORT_STATUSES, type WorkReportStatus } from '@riparo/shared/contracts/work-reports.events';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { periodFields, rangeOf, withMoments, type Asked, type Period } from '@riparo/shared/http/period';
import { list, ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf, uuid } from '@riparo/shared/http/schemas';
import type Joi from 'joi';
import { isStaffCaller } from '../kernel/held.js';
import type { WorkReportDeps } from './dependencies.js';
import { findVisible, hasWork } from './work-report.access.js';
import { viewListedReport, viewWorkReport } from './work-report.view.js';

interface Filters extends Period {
  readonly ticketId?: string;
  readonly repairId?: string;
  readonly technicianId?: string;
  readonly status?: WorkReportStatus;
}
type Query = PageRequest & Filters;

export const listWorkReportsQuery: Joi.ObjectSchema<Asked<Query>> = pageQuery<Asked<Filters>>(['startedAt'], {
  ticketId: uuid(),
  repairId: uuid(),
  technicianId: uuid(),
  status: oneOf(WORK_REPORT_STATUSES),
  ...periodFields(),
});

type Filter = Readonly<Record<string, unknown>>;

/** The reports that the caller may see at all; technicians see all of work that they have when they ask for it. */
const scopeOf = async (deps: WorkReportDeps, caller: Caller, { ticketId, repairId }: Query): Promise<readonly Filter[]> => {
  if (!isStaffCaller(caller)) return [{ customerId: caller.customerId, shown: true }];
  if (isDesk(caller.role)) return [];
  const asked = [
    ...(ticketId === undefined ? [] : [{ kind: 'TICKET' as const, id: ticketId }]),
    ...(repairId === undefined ? [] : [{ kind: 'REPAIR' as const, id: repairId }]),
  ];
  for (const subject of asked) if (await hasWork(deps, caller, subject)) return [];
  return [{ technicianIds: caller.userId }];
};

const filterOf = (scope: readonly Filter[], { ticketId, repairId, technicianId, status, ...query }: Query): Filter => {
  const startedAt = rangeOf(query);
  const conditions = [
    ...scope,
    ...[ticketId, repairId].filter((id) => id !== undefined).map((id) => ({ 'subject.id': id })),
    ...(technicianId === undefined ? [] : [{ technicianIds: technicianId }]),
    ...(status === undefined ? [] : [{ status }]),
    ...(startedAt === undefined ? [] : [{ startedAt }]),
  ];
  return conditions.length > 1 ? { $and: conditions } : (conditions[0] ?? {});
};

/** `GET /work-reports`. */
export const listWorkReports =
  (deps: WorkReportDeps) =>
  async ({ caller, query: asked }: Call<unknown, Asked<Query>>): Promise<Reply> => {
    const { tenantId } = caller;
    const query: Query = withMoments(asked, (await deps.rulesOf(tenantId)).timeZone);
    const { page, pageSize, sort } = query;
    const filter = filterOf(await scopeOf(deps, caller, query), query);
    const found = await deps.workReports.in(tenantId).page({ filter, sort: toSort(sort), page, pageSize });
    return list({ ...found, items: found.items.map((report) => viewListedReport(caller, report)) });
  };

/** `GET /work-reports/:id`. */
export const getWorkReport =
  (deps: WorkReportDeps) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> =>
    ok(await viewWorkReport(deps, caller, await findVisible(deps, caller, id)));
