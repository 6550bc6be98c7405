import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import { isStaffCaller } from '../kernel/held.js';
import type { WorkDeps } from '../appointment/work.js';
import { workReportNotFound, workReportNotYours } from './work-report.errors.js';
import type { WorkReport } from './work-report.js';
import type { WorkReports } from './work-report.repository.js';

export interface AccessDeps extends WorkDeps {
  readonly workReports: WorkReports;
}

/** Whether a technician has the ticket or repair now. */
export const hasWork = async (
  { tickets, repairs }: WorkDeps,
  { tenantId, userId }: Caller,
  { kind, id }: Pick<WorkReport['subject'], 'kind' | 'id'>,
): Promise<boolean> => {
  const found = kind === 'TICKET' ? await tickets.in(tenantId).find(id) : await repairs.in(tenantId).find(id);
  return found?.assignedToUserId === userId;
};

export const maySee = (deps: WorkDeps, caller: Caller, report: WorkReport): boolean | Promise<boolean> => {
  if (!isStaffCaller(caller)) return caller.customerId === report.customerId && report.shown;
  return isDesk(caller.role) || report.technicianIds.includes(caller.userId) || hasWork(deps, caller, report.subject);
};

/**
 * The report, or 404. Customers see theirs once it was closed, technicians those that they write and those of work that they
 * have, the desk all.
 */
export const findVisible = async (deps: AccessDeps, caller: Caller, id: string): Promise<WorkReport> => {
  const report = await deps.workReports.in(caller.tenantId).find(id);
  if (report === undefined || !(await maySee(deps, caller, report))) throw workReportNotFound();
  return report;
};

/** Whether this member of staff writes the report: the desk, and the technicians who are named in it. */
export const writes = (caller: Caller, { technicianIds }: Pick<WorkReport, 'technicianIds'>): boolean =>
  isStaffCaller(caller) && (isDesk(caller.role) || technicianIds.includes(caller.userId));

export const refuseForeign = (caller: Caller, report: Pick<WorkReport, 'technicianIds'>): void => {
  if (!writes(caller, report)) throw workReportNotYours();
};
