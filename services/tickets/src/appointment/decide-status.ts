import { AppointmentStatusChanged, type CancellationKind } from '@riparo/shared/contracts/appointments.events';
import type { AppointmentStatus } from '@riparo/shared/contracts/enums';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { published, withDerived, type Appointment, type AppointmentDecision } from './appointment.js';
import { cancelled } from './booking/decide-replan.js';
import { checkTransition } from './transitions.js';

export interface StatusRequest {
  readonly status: AppointmentStatus;
  readonly actualStartAt?: Date;
  readonly actualEndAt?: Date;
  readonly expectedArrivalAt?: Date;
  readonly completionSummary?: string;
  readonly remoteSessionUrl?: string;
  /** True: CANCELLED because nobody was there. */
  readonly noShow?: boolean;
  readonly reason?: string;
}

export interface DoneBy {
  readonly at: Date;
  readonly byUserId: string;
  /** Arrival according to the journey; used when the request states no arrival. */
  readonly arrivalAt?: Date;
}

const noFaults = (faults: readonly (FieldFault | false)[]): void => {
  const found = faults.filter((fault) => fault !== false);
  if (found.length > 0) throw invalidInput(found);
};

const later = (path: string, value: Date, now: Date): FieldFault | false => value > now && { path, message: 'must not lie in the future' };

const begun = (before: Appointment, { actualStartAt, remoteSessionUrl }: StatusRequest, at: Date): Partial<Appointment> => {
  const start = actualStartAt ?? at;
  noFaults([later('actualStartAt', start, at)]);
  return { actualStartAt: start, remoteSessionUrl: remoteSessionUrl ?? before.remoteSessionUrl, expectedArrivalAt: undefined };
};

const finished = (before: Appointment, request: StatusRequest, at: Date): Partial<Appointment> => {
  const { completionSummary } = request;
  const [start, end] = [request.actualStartAt ?? before.actualStartAt ?? at, request.actualEndAt ?? at];
  noFaults([
    later('actualStartAt', start, at),
    later('actualEndAt', end, at),
    end < start && { path: 'actualEndAt', message: 'must not be before the start' },
  ]);
  return { actualStartAt: start, actualEndAt: end, completionSummary };
};

const fieldsFor = (before: Appointment, request: StatusRequest, { at, arrivalAt }: DoneBy): Partial<Appointment> => {
  switch (request.status) {
    case 'IN_TRANSIT':
      return { expectedArrivalAt: request.expectedArrivalAt ?? arrivalAt };
    case 'IN_PROGRESS':
      return begun(before, request, at);
    case 'COMPLETED':
      return finished(before, request, at);
    case 'SCHEDULED':
    case 'CANCELLED':
      return {};
  }
};

const cancel = (before: Appointment, { noShow, reason }: StatusRequest, { at, byUserId }: DoneBy): AppointmentDecision => {
  const kind: CancellationKind = noShow === true ? 'NO_SHOW' : 'STAFF';
  noFaults([kind === 'NO_SHOW' && before.scheduledStartAt > at && { path: 'noShow', message: 'can be said only after the start' }]);
  return cancelled(before, { kind, at, byUserId, ...(reason === undefined ? {} : { reason }) });
};

/** Reports the progress of an appointment with its real times, by the technician or the desk. */
export const changeStatus = (before: Appointment, request: StatusRequest, done: DoneBy): AppointmentDecision => {
  const { status: to } = request;
  checkTransition(before, to);
  if (to === 'CANCELLED') return cancel(before, request, done);
  const after = withDerived({ ...before, status: to, ...fieldsFor(before, request, done) });
  const data = { appointment: published(after), actorUserId: done.byUserId, from: before.status, to };
  return { state: after, events: [AppointmentStatusChanged.with(data)] };
};
