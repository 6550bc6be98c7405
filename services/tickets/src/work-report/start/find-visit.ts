import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import type { Appointment } from '../../appointment/appointment.js';
import { appointmentNotFound } from '../../appointment/appointment.errors.js';
import type { Appointments } from '../../appointment/appointment.repository.js';
import { appointmentCancelled } from '../work-report.errors.js';
import type { WorkReports } from '../work-report.repository.js';

export interface VisitDeps {
  readonly appointments: Appointments;
  readonly workReports: WorkReports;
}

/** Appointments of one ticket that are read; a ticket has a handful. */
const MAX_APPOINTMENTS = 100;

/** The ids of the work: a ticket has also the appointments of those that were merged into it. */
type About = readonly string[];

const namedVisit = async ({ appointments }: VisitDeps, { tenantId }: Caller, about: About, id: string): Promise<Appointment> => {
  const found = await appointments.in(tenantId).find(id);
  if (found === undefined || !about.includes(found.subject.id)) throw appointmentNotFound();
  if (found.status === 'CANCELLED') throw appointmentCancelled();
  return found;
};

/** Its report by this technician is closed: what is reported now is other work. */
const isReported = async (
  { workReports }: VisitDeps,
  tenantId: string,
  { id: appointmentId }: Appointment,
  userId: string,
): Promise<boolean> => {
  const filter = { appointmentId, technicianIds: userId, status: { $in: ['CLOSED' as const, 'APPROVED' as const] } };
  return (await workReports.in(tenantId).findOne(filter)) !== undefined;
};

/** The appointment that goes on now, the caller's own first; else the caller's last one that is done and not reported yet. */
const likelyVisit = async (deps: VisitDeps, caller: Caller, about: About): Promise<Appointment | undefined> => {
  const { tenantId, userId, role } = caller;
  const filter = { 'subject.id': { $in: [...about] }, status: { $in: ['IN_PROGRESS' as const, 'COMPLETED' as const] } };
  const found = await deps.appointments.in(tenantId).list(filter, { sort: { scheduledStartAt: -1, id: -1 }, limit: MAX_APPOINTMENTS });
  const begun = found.filter(({ status }) => status === 'IN_PROGRESS');
  const going = begun.find(({ technicianId }) => technicianId === userId) ?? begun[0];
  if (going !== undefined) return going;
  const done = found.find(({ technicianId }) => (isDesk(role) ? technicianId !== undefined : technicianId === userId));
  return done === undefined || (await isReported(deps, tenantId, done, done.technicianId ?? userId)) ? undefined : done;
};

/** The appointment that a report is about, where it is about one. */
export const findVisit = (
  deps: VisitDeps,
  caller: Caller,
  about: About,
  appointmentId: string | undefined,
): Promise<Appointment | undefined> =>
  appointmentId === undefined ? likelyVisit(deps, caller, about) : namedVisit(deps, caller, about, appointmentId);
