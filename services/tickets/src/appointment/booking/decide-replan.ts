import {
  AppointmentCancelled,
  AppointmentNeedsReplanning,
  type CancellationKind,
  type ReplanningReason,
} from '@riparo/shared/contracts/appointments.events';
import { compact } from '@riparo/shared/json/compact';
import { published, withDerived, type Appointment, type AppointmentDecision, type Replanning } from '../appointment.js';

export const toldToReplan = (after: Appointment, reason: ReplanningReason, technicianId: string | undefined) => [
  AppointmentNeedsReplanning.with({
    appointment: published(after),
    reason,
    ...(technicianId === undefined ? {} : { technicianId }),
  }),
];

/** Why an appointment cannot stay as it is, and who or what is missing. */
export const replanningOf = (
  { technicianId }: Pick<Appointment, 'technicianId'>,
  reason: ReplanningReason,
  since: Date,
  vehicleId?: string,
): Replanning => compact({ reason, since, technicianId, vehicleId });

/**
 * The technician is away at that time, or the vehicle is gone, so a person has to find another time, technician or vehicle.
 * Until then the appointment keeps both.
 */
export const markForReplanning = (before: Appointment, reason: ReplanningReason, at: Date, vehicleId?: string): AppointmentDecision => {
  const { technicianId, needsReplanning } = before;
  if (before.status !== 'SCHEDULED' || needsReplanning === true) return { state: before };
  const after = withDerived({ ...before, replanning: replanningOf(before, reason, at, vehicleId) });
  return { state: after, events: toldToReplan(after, reason, technicianId), unseen: true };
};

/** The reason for replanning has gone before anybody acted on it: the time off was removed, the vehicle is there again. */
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
  return { state: after, events: toldToReplan(after, 'TECHNICIAN_LEFT', leaver) };
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
