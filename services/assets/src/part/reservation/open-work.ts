import type { Caller } from '@riparo/shared/contracts/caller';
import type { ReservationCharge } from '@riparo/shared/contracts/parts.events';
import type { DomainError } from '@riparo/shared/errors/domain-error';
import type { Replicas } from '../../replica/replicas.js';
import { isWritten } from '../../replica/work-report.js';
import { repairWorkEnded, ticketClosed, workReportEnded } from '../part.errors.js';
import type { FindRepair } from './find-repair.js';
import type { FindWorkReport } from './find-work-report.js';
import { isInWork, repairInWork } from './repair-work.js';
import { hasClosedTicket, reportInWork } from './report-work.js';
import type { Purpose } from './reservation.js';

/** Work that parts can be reserved for. */
export interface Work {
  /** In which the customer pays; missing in copies of earlier versions. */
  readonly currency: string | undefined;
  readonly underWarranty: boolean;
  /** The refusal, where the work has ended meanwhile. */
  readonly ended: () => Promise<DomainError>;
}

/** The repair or the report that is named; throws where it has ended, or where the caller may not reserve for it. */
export type OpenWork = (caller: Caller, of: Purpose, charge: ReservationCharge | undefined) => Promise<Work>;

interface Deps extends Pick<Replicas, 'tickets'> {
  readonly findRepair: FindRepair;
  readonly findWorkReport: FindWorkReport;
}

export const createOpenWork =
  ({ findRepair, ...deps }: Deps): OpenWork =>
  async (caller, { repairId, workReportId = '' }, charge) => {
    const { tenantId } = caller;
    if (repairId !== undefined) {
      const repair = await repairInWork(findRepair, caller, repairId, charge);
      const ended = async () => repairWorkEnded((await findRepair(tenantId, repairId))?.status ?? repair.status);
      return { currency: repair.currency, underWarranty: repair.underWarranty === true, ended };
    }
    const { currency } = await reportInWork(deps, caller, workReportId, charge);
    const ended = async () => {
      const report = await deps.findWorkReport(tenantId, workReportId);
      return report === undefined || isWritten(report) ? ticketClosed() : workReportEnded(report.status);
    };
    return { currency, underWarranty: false, ended };
  };

/** Whether work has not ended, as far as this service knows. */
export type WorkGoesOn = (tenantId: string, of: Purpose) => Promise<boolean>;

export const createWorkGoesOn =
  ({ repairs, workReports, tickets }: Pick<Replicas, 'repairs' | 'workReports' | 'tickets'>): WorkGoesOn =>
  async (tenantId, { repairId, workReportId = '' }) => {
    if (repairId !== undefined) {
      const repair = await repairs.in(tenantId).find(repairId);
      return repair === undefined || isInWork(repair);
    }
    const report = await workReports.in(tenantId).find(workReportId);
    return report === undefined || (isWritten(report) && !(await hasClosedTicket({ tickets }, tenantId, report)));
  };
