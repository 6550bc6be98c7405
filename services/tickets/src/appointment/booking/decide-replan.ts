import {
  AppointmentCancelled,
  AppointmentNeedsReplanning,
  type CancellationKind,
  type ReplanningReason,
} from '@riparo/shared/contracts/appointments.events';
import { published, withDerived, type Appointment, type AppointmentDecision } from '../appointment.js';

const told = (after: Appointment, reason: ReplanningReason, technicianId: string | undefined) => [
  AppointmentNeedsReplanning.with({
    appointment: published(after),
    reason,
    ...(technicianId === undefined ? {} : { technicianId }),
  }),
];

/**
 * The technician is away at that time, so a person has to find another time or technician. Until then the technician
 * keeps the appointment.
 */
export const markForReplanning = (before: Appointment, reason: ReplanningReason, at: Date): AppointmentDecision => {
  const { technicianId, needsReplanning } = before;
  if (before.status !== 'SCHEDULED' || needsReplanning === true) return { state: before };
  const after = withDerived({ ...before, replanning: { reason, since: at, ...(technicianId === undefined ? {} : { technicianId }) } });
  return { state: after, events: told(after, reason, technicianId), unseen: true };
};

/** The reason for replanning has gone before anybody acted on it: the time off was removed. */
export const clearReplanning = (before: Appointment, reason: ReplanningReason): AppointmentDecision =>
  before.replanning?.reason === reason && before.technicianId !== undefined
    ? { state: withDerived({ ...before, replanning: undefined }), unseen: true }
    : { state: before };

/**
 * The technician is no technician any more, so the appointment waits for another one. An appointment that has begun
 * stays with the leaver.
 */
export const giveBack = (before: Appointment, leaver: string, at: Date): AppointmentDecision => {
  if (before.technicianId !== leaver || (before.status !== 'SCHEDULED' && before.status !== 'IN_TRANSIT')) return { state: before };
  const after = withDerived({
    ...before,
    status: 'SCHEDULED',
    expectedArrivalAt: undefined,
    technicianId: undefined,
    technicianName: undefined,
    diary: undefined,
    replanning: { reason: 'TECHNICIAN_LEFT', since: at, technicianId: leaver },
  });
  return { state: after, events: told(after, 'TECHNICIAN_LEFT', leaver) };
};

export interface CancelRequest {
  readonly kind: CancellationKind;
  readonly reason?: string;
  readonly at: Date;
  readonly byUserId?: string;
}

/** Cancels an appointment. The caller has checked before who may cancel and when. */
export const cancelled = (before: Appointment, { kind, reason, at, byUserId }: CancelRequest): AppointmentDecision => {
  const cancellation = { kind, at, ...(reason === undefined ? {} : { reason }), ...(byUserId === undefined ? {} : { byUserId }) };
  const after = withDerived({ ...before, status: 'CANCELLED', cancellation, expectedArrivalAt: undefined });
  return {
    state: after,
    events: [AppointmentCancelled.with({ appointment: published(after), ...(byUserId === undefined ? {} : { actorUserId: byUserId }) })],
  };
};

/** The ticket or repair is done, so nobody has to come. A visit for which the technician has set out is left to the technician. */
export const cancelForDoneWork = (before: Appointment, at: Date): AppointmentDecision =>
  before.status === 'SCHEDULED' ? cancelled(before, { kind: `${before.subject.kind}_DONE`, at }) : { state: before };
