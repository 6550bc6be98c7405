import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import type { Replicas } from '../../replica/replicas.js';
import { repairNotAssignedToYou, repairNotFound, workReportNotFound, workReportNotYours } from '../part.errors.js';
import type { FindRepair } from './find-repair.js';
import type { FindWorkReport } from './find-work-report.js';
import { isTheirRepair } from './repair-work.js';
import { isTheirReport } from './report-work.js';
import type { Purpose } from './reservation.js';
import type { ReservationQuery } from './reservation.store.js';

export interface SeeWorkDeps extends Pick<Replicas, 'repairs' | 'workReports'> {
  readonly findRepair: FindRepair;
  readonly findWorkReport: FindWorkReport;
}
type FindDeps = Pick<SeeWorkDeps, 'findRepair' | 'findWorkReport'>;

/** Whether there is such work, and whether it is the caller's; the desk sees all. */
const look = async ({ findRepair, findWorkReport }: FindDeps, caller: Caller, { repairId, workReportId = '' }: Purpose) => {
  const { tenantId } = caller;
  if (repairId !== undefined) {
    const repair = await findRepair(tenantId, repairId, (known) => isTheirRepair(known, caller));
    return { isThere: repair !== undefined, isTheirs: repair !== undefined && isTheirRepair(repair, caller) };
  }
  const report = await findWorkReport(tenantId, workReportId, (known) => isTheirReport(known, caller));
  return { isThere: report !== undefined, isTheirs: report !== undefined && isTheirReport(report, caller) };
};

/** Whether the caller sees what is reserved for this. */
export type MaySeeWork = (caller: Caller, of: Purpose) => Promise<boolean>;

export const createMaySeeWork =
  (deps: FindDeps): MaySeeWork =>
  async (caller, of) =>
    (await look(deps, caller, of)).isTheirs;

/** A technician's newest repairs and reports; older ones are found by name. */
const THEIR_WORK = 500;

/** What the caller sees reservations of, where `of` asks for one, or `undefined` for all. Technicians see those of their own work. */
export const visibleWork = async (deps: SeeWorkDeps, caller: Caller, of: Purpose): Promise<ReservationQuery['purposes']> => {
  const { tenantId, userId, role } = caller;
  const { repairId, workReportId } = of;
  if (repairId !== undefined || workReportId !== undefined) {
    if (!isDesk(role)) {
      const { isThere, isTheirs } = await look(deps, caller, of);
      if (!isThere) throw repairId === undefined ? workReportNotFound() : repairNotFound();
      if (!isTheirs) throw repairId === undefined ? workReportNotYours() : repairNotAssignedToYou();
    }
    return { repairIds: repairId === undefined ? [] : [repairId], workReportIds: workReportId === undefined ? [] : [workReportId] };
  }
  if (isDesk(role)) return undefined;
  const newest = { sort: { id: -1 }, limit: THEIR_WORK } as const;
  const [repairs, reports] = await Promise.all([
    deps.repairs.in(tenantId).list({ assignedToUserId: userId }, newest),
    deps.workReports.in(tenantId).list({ technicianIds: userId }, newest),
  ]);
  return { repairIds: repairs.map(({ id }) => id), workReportIds: reports.map(({ id }) => id) };
};
