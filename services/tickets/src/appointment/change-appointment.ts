import type { Caller } from '@riparo/shared/contracts/caller';
import { isTechnician } from '@riparo/shared/contracts/roles';
import { forbidden, invalidInput } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { instant, paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { Appointment } from './appointment.js';
import { refuseStale } from '../kernel/shown-version.js';
import { visibleTo } from './appointment.access.js';
import { appointmentNotFound } from './appointment.errors.js';
import { notes, notForVehicles, refuse, staffFieldFaults, timeFaults } from './appointment.schema.js';
import { viewAppointment } from './appointment.view.js';
import { sessionUrl } from './change-appointment-status.js';
import { callOff, changeNotes, refuseChange } from './decide-change.js';
import type { AppointmentDeps } from './dependencies.js';
import { driveWith } from './vehicle/drive-with.js';
import { venueOf } from './booking/venue.js';
import { isMove, moveAppointment, type MoveRequest, type Mover } from './booking/move-appointment.js';

interface Body extends MoveRequest {
  readonly status?: 'CANCELLED';
  readonly reason?: string;
}

const CHANGES = [
  'scheduledStartAt',
  'scheduledEndAt',
  'technicianId',
  'vehicleId',
  'locationId',
  'customerNotes',
  'technicianNotes',
  'remoteSessionUrl',
];
const FOR_STAFF = ['technicianId', 'vehicleId', 'technicianNotes', 'remoteSessionUrl'];
/** Fields that the technician of the appointment may change. Only the desk changes times and people. */
const FOR_TECHNICIANS = ['technicianNotes', 'remoteSessionUrl'];

export const changeAppointmentBody = Joi.object<Body>({
  scheduledStartAt: instant(),
  scheduledEndAt: instant(),
  technicianId: uuid(),
  vehicleId: uuid().allow(null),
  locationId: uuid(),
  customerNotes: notes().allow(null),
  technicianNotes: notes().allow(null),
  remoteSessionUrl: sessionUrl().allow(null),
  status: Joi.valid('CANCELLED'),
  reason: paragraph(1_000),
})
  .min(1)
  .and('scheduledStartAt', 'scheduledEndAt')
  .with('reason', 'status')
  .without('status', CHANGES);

type Deps = Pick<
  AppointmentDeps,
  | 'appointments'
  | 'tickets'
  | 'repairs'
  | 'replicas'
  | 'assetLookup'
  | 'findCandidates'
  | 'bookTurn'
  | 'bookVehicle'
  | 'recheckBooking'
  | 'rules'
>;
type ChangeCall = Call<Body, unknown, { id: string }>;

const refuseFields = (caller: Caller, body: Body, now: Date): void => {
  const { scheduledStartAt, scheduledEndAt } = body;
  const times = scheduledStartAt === undefined || scheduledEndAt === undefined ? undefined : { scheduledStartAt, scheduledEndAt };
  refuse([...staffFieldFaults(caller, body, FOR_STAFF), ...(times === undefined ? [] : timeFaults(times, now))]);
  if (isTechnician(caller.role) && Object.keys(body).some((field) => !FOR_TECHNICIANS.includes(field)))
    throw forbidden('You can change your notes and the address of the session. Ask the desk to move or cancel an appointment.');
};

const changeInPlace = async ({ appointments, rules }: Deps, { caller, params, body, now, ifMatch }: ChangeCall): Promise<Appointment> => {
  const by = { at: now, role: caller.role, byUserId: caller.userId };
  const after = await appointments.in(caller.tenantId).update(params.id, (before) => {
    const theirs = visibleTo(caller, before);
    refuseStale(caller, ifMatch, theirs);
    return body.status === 'CANCELLED' ? callOff(theirs, body.reason, by, rules.changeNoticeMinutes) : changeNotes(theirs, body, by);
  });
  if (after === undefined) throw appointmentNotFound();
  return after;
};

/** Gives a visit another vehicle, or none, at the same time. */
const changeVehicle = async (deps: Deps, call: ChangeCall): Promise<Appointment> => {
  const { caller, params, body, now, ifMatch } = call;
  const by = { at: now, role: caller.role, byUserId: caller.userId };
  const drive = { vehicleId: body.vehicleId ?? undefined, caller, now, also: (state: Appointment) => changeNotes(state, body, by) };
  const after = await deps.appointments.in(caller.tenantId).updateAfter(params.id, (before, save) => {
    const current = visibleTo(caller, before);
    refuseStale(caller, ifMatch, current);
    refuseChange(current, by, deps.rules.changeNoticeMinutes);
    return driveWith(deps, drive, current, save);
  });
  if (after === undefined) throw appointmentNotFound();
  return deps.recheckBooking(caller.tenantId, after);
};

/** Whether the body says another vehicle, or that the visit goes without the one that is gone. */
const saysVehicle = ({ vehicleId, replanning }: Appointment, { vehicleId: said }: Body): boolean =>
  said !== undefined && ((said ?? undefined) !== vehicleId || (said === null && replanning?.reason === 'VEHICLE_GONE'));

const moverOf = ({ caller, ifMatch }: ChangeCall): Mover => ({
  tenantId: caller.tenantId,
  role: caller.role,
  byUserId: caller.userId,
  admit: (before) => {
    const theirs = visibleTo(caller, before);
    refuseStale(caller, ifMatch, theirs);
    return theirs;
  },
});

const change = (deps: Deps, call: ChangeCall, found: Appointment): Promise<Appointment> => {
  const { body, now } = call;
  if (isMove(found, body)) return moveAppointment(deps, { mover: moverOf(call), body, now }, found);
  return saysVehicle(found, call.body) ? changeVehicle(deps, call) : changeInPlace(deps, call);
};

/** Moves an appointment to another time, technician, vehicle or site, cancels it, or changes its notes. */
export const changeAppointment =
  (deps: Deps) =>
  async (call: ChangeCall): Promise<Reply> => {
    const { caller, params, body, now } = call;
    const found = visibleTo(caller, await deps.appointments.in(caller.tenantId).find(params.id));
    refuseFields(caller, body, now);
    if (body.vehicleId !== undefined && found.type !== 'ONSITE_VISIT') throw invalidInput([notForVehicles]);
    // A location of another customer is answered 404. An appointment without a visit has no location, so the field is
    // refused instead of ignored.
    if (body.locationId !== undefined) {
      await venueOf(deps, caller.tenantId, found.customerId, found.type, body.locationId);
      if (found.type !== 'ONSITE_VISIT') throw invalidInput([{ path: 'locationId', message: 'is for an ONSITE_VISIT only' }]);
    }
    const after = await change(deps, call, found);
    return ok(await viewAppointment(deps.replicas, caller, after));
  };
