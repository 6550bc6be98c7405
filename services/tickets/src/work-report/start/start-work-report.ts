import type { SubjectKind } from '@riparo/shared/contracts/appointments.events';
import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import { forbidden, invalidInput } from '@riparo/shared/errors/common-errors';
import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { DateTime } from 'luxon';
import type { Appointment } from '../../appointment/appointment.js';
import { findVisit } from './find-visit.js';
import { findWorkToReport, type WorkToReport } from './find-work.js';
import { refuseUnknownTechnicians } from './technicians.js';
import type { WorkReportDeps } from '../dependencies.js';
import { workReportOpen } from '../work-report.errors.js';
import { openKey, type WorkReport } from '../work-report.js';
import type { NewReport } from '../work-report.schema.js';
import { viewWorkReport } from '../work-report.view.js';
import { begin, begunEvents, workReportNumberOf, type Beginning } from './decide-start.js';

type StartCall = Call<NewReport, unknown, { id: string }>;

/** The desk names who worked; otherwise it is whoever comes to the appointment or has the work. */
const techniciansOf = (
  { caller, body }: StartCall,
  { assignedToUserId }: WorkToReport['work'],
  visit: Appointment | undefined,
): readonly string[] => {
  if (!isDesk(caller.role)) {
    if (body.technicianIds !== undefined) throw forbidden('Only the desk says who worked.');
    return [caller.userId];
  }
  const likely = visit?.technicianId ?? assignedToUserId;
  const named = body.technicianIds ?? (likely === undefined ? [] : [likely]);
  if (named.length === 0) throw invalidInput([{ path: 'technicianIds', message: 'is required: nobody has this work' }]);
  return named;
};

const startOf = ({ body, now }: StartCall, visit: Appointment | undefined): Date => {
  const startedAt = body.startedAt ?? visit?.actualStartAt ?? now;
  if (startedAt > now) throw invalidInput([{ path: 'startedAt', message: 'must not be in the future' }]);
  return startedAt;
};

/** The report of the same work that is still being written, or that a dispute made editable again. */
const findOpen = ({ workReports }: WorkReportDeps, { tenantId }: Caller, { visit, work, technicianIds }: Beginning) => {
  const about = visit === undefined ? { 'subject.id': work.subject.id, appointmentId: { $exists: false } } : { appointmentId: visit.id };
  const filter = { ...about, technicianIds: { $in: [...technicianIds] }, status: { $in: ['DRAFT' as const, 'DISPUTED' as const] } };
  return workReports.in(tenantId).findOne(filter);
};

/** Writes it under the next number. A repeated request finds its own report before it finds that one is open. */
const write = async (deps: WorkReportDeps, { caller, now }: StartCall, beginning: Beginning): Promise<WorkReport> => {
  const { tenantId, userId } = caller;
  const inTenant = deps.workReports.in(tenantId);
  const own = await inTenant.find(beginning.id);
  if (own !== undefined) return own;
  const open = await findOpen(deps, caller, beginning);
  if (open !== undefined) throw workReportOpen(open);
  const { timeZone } = await deps.rulesOf(tenantId);
  const year = DateTime.fromJSDate(now, { zone: timeZone }).toFormat('yyyy');
  const make = (sequence: number) => begin(beginning, workReportNumberOf(year, sequence));
  try {
    return await inTenant.insertNumbered(year, make, begunEvents(userId, now));
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    const about = beginning.visit?.id ?? beginning.work.subject.id;
    const keys = beginning.technicianIds.map((technicianId) => openKey(about, technicianId));
    throw workReportOpen(await inTenant.findOne({ openFor: { $in: keys } }));
  }
};

/** `POST /tickets/:id/work-reports`, `POST /repairs/:id/work-reports`. */
export const startWorkReport =
  (deps: WorkReportDeps, kind: SubjectKind) =>
  async (call: StartCall): Promise<Reply> => {
    const { caller, params, body, ids } = call;
    const { tenantId, userId } = caller;
    const id = ids.next();
    const found = await findWorkToReport(deps, caller, { kind, id: params.id });
    const visit = await findVisit(deps, caller, found.about, body.appointmentId);
    found.refuse(visit);
    const technicianIds = techniciansOf(call, found.work, visit);
    if (body.technicianIds !== undefined) await refuseUnknownTechnicians(deps, tenantId, technicianIds);
    const report = await write(deps, call, {
      id,
      work: found.work,
      contactUserId: await deps.contactOf(tenantId, found.work),
      visit,
      technicianIds,
      startedAt: startOf(call, visit),
      travel: visit?.type === 'ONSITE_VISIT' ? await deps.journeyTo(tenantId, visit) : undefined,
      currency: await deps.currencyOf(tenantId),
      byUserId: userId,
    });
    return created(`/work-reports/${report.id}`, await viewWorkReport(deps, caller, report));
  };
