import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import type { Appointment } from '../../appointment/appointment.js';
import type { Appointments } from '../../appointment/appointment.repository.js';
import { workOfRepair, workOfTicket, type Work, type WorkDeps, type WorkRef } from '../../appointment/work.js';
import { maySee } from '../../kernel/held.js';
import { repairNotFound, repairWorkEnded } from '../../repair/repair.errors.js';
import { isInWork } from '../../repair/repair.js';
import { withMerged } from '../../ticket/merge/with-merged.js';
import { ticketMerged, ticketNotActive, ticketNotFound } from '../../ticket/ticket.errors.js';
import { workReportNotYours } from '../work-report.errors.js';

/** A ticket or repair, with what keeps somebody from reporting work on it. */
export interface WorkToReport {
  readonly work: Work;
  /** Ids under which its appointments are. */
  readonly about: readonly string[];
  /** Throws unless the caller may report the work, with this visit, and there is work to report. */
  readonly refuse: (visit: Appointment | undefined) => void;
}

type Deps = WorkDeps & { readonly appointments: Appointments };

/** A technician who comes to an appointment of the work sees it, although somebody else has it. */
const isVisitor = async ({ appointments }: Deps, { tenantId, userId }: Caller, about: readonly string[]): Promise<boolean> =>
  (await appointments.in(tenantId).findOne({ 'subject.id': { $in: [...about] }, technicianId: userId })) !== undefined;

const refuseStranger = ({ userId, role }: Caller, { assignedToUserId }: Work, visit: Appointment | undefined): void => {
  if (!isDesk(role) && assignedToUserId !== userId && visit?.technicianId !== userId) throw workReportNotYours();
};

const ticketToReport = async (deps: Deps, caller: Caller, id: string): Promise<WorkToReport> => {
  const ticket = await deps.tickets.in(caller.tenantId).find(id);
  if (ticket === undefined) throw ticketNotFound();
  const about = await withMerged(deps.tickets, caller.tenantId, ticket);
  if (!maySee(caller, ticket) && !(await isVisitor(deps, caller, about))) throw ticketNotFound();
  const work = workOfTicket(ticket);
  const refuse = (visit: Appointment | undefined): void => {
    refuseStranger(caller, work, visit);
    if (ticket.mergedIntoId !== undefined) throw ticketMerged(ticket.mergedIntoId);
    if (!ticket.active) throw ticketNotActive(ticket.status);
  };
  return { work, about, refuse };
};

const repairToReport = async (deps: Deps, caller: Caller, id: string): Promise<WorkToReport> => {
  const repair = await deps.repairs.in(caller.tenantId).find(id);
  if (repair === undefined) throw repairNotFound();
  if (!maySee(caller, repair) && !(await isVisitor(deps, caller, [id]))) throw repairNotFound();
  const work = workOfRepair(repair);
  const refuse = (visit: Appointment | undefined): void => {
    refuseStranger(caller, work, visit);
    if (!isInWork(repair.status)) throw repairWorkEnded(repair.status);
  };
  return { work, about: [id], refuse };
};

/** The ticket or repair, or 404. */
export const findWorkToReport = (deps: Deps, caller: Caller, { kind, id }: WorkRef): Promise<WorkToReport> =>
  kind === 'TICKET' ? ticketToReport(deps, caller, id) : repairToReport(deps, caller, id);
