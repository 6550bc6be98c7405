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

/** Whoever was to do it is away at that time: somebody has to find another time or technician; until then it stays theirs. */
export const markForReplanning = (before: Appointment, reason: ReplanningReason, at: Date): AppointmentDecision => {
  const { technicianId, needsReplanning } = before;
  if (before.status !== 'SCHEDULED' || needsReplanning === true) return { state: before };
  const after = withDerived({ ...before, replanning: { reason, since: at, ...(technicianId === undefined ? {} : { technicianId }) } });
  return { state: after, events: told(after, reason, technicianId) };
};

/** The reason for replanning is gone before anybody acted on it, such as time off that was taken back. */
export const clearReplanning = (before: Appointment, reason: ReplanningReason): AppointmentDecision =>
  before.replanning?.reason === reason && before.technicianId !== undefined
    ? { state: withDerived({ ...before, replanning: undefined }) }
    : { state: before };

/** From a technician who is not one any more: it waits for another. What they are in the middle of stays theirs. */
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

/** Called off, whoever decided so; what the rules say about who may and when has been asked before. */
export const cancelled = (before: Appointment, { kind, reason, at, byUserId }: CancelRequest): AppointmentDecision => {
  const cancellation = { kind, at, ...(reason === undefined ? {} : { reason }), ...(byUserId === undefined ? {} : { byUserId }) };
  const after = withDerived({ ...before, status: 'CANCELLED', cancellation, expectedArrivalAt: undefined });
  return {
    state: after,
    events: [AppointmentCancelled.with({ appointment: published(after), ...(byUserId === undefined ? {} : { actorUserId: byUserId }) })],
  };
};

/** What it was about is done: nobody has to come any more. A visit that is under way is left to who is on the way. */
export const cancelForDoneWork = (before: Appointment, at: Date): AppointmentDecision =>
  before.status === 'SCHEDULED' ? cancelled(before, { kind: `${before.subject.kind}_DONE`, at }) : { state: before };
