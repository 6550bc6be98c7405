import type { AppointmentStatus, RepairStatus } from '@riparo/shared/contracts/enums';
import { RepairAssigned } from '@riparo/shared/contracts/repairs.events';
import { assignmentEntry } from '../conversation/entries.js';
import { actor, type Entry, type Stamp } from '../conversation/stamp.js';
import { movedEntry, movedEvent, applyChange } from './apply-change.js';
import { published, type RepairDecision, type RepairState } from './repair.js';
import { allowedFrom } from './transitions.js';

/** As much of an appointment as a repair goes by. */
interface Course {
  readonly id: string;
  readonly status: AppointmentStatus;
  /** Booked and not ended. */
  readonly open: boolean;
  readonly technicianId?: string;
}

/** What has just happened to an appointment of the repair. */
export interface AppointmentNews {
  readonly appointmentId: string;
  /** The event tells that it has begun. */
  readonly begins: boolean;
  /** The timeline's words for it; missing when the timeline has no room for more. */
  readonly entry?: Entry;
}

/** Until work begins, a repair stands where its appointments say. */
const FOLLOWING: readonly RepairStatus[] = ['PENDING', 'SCHEDULED', 'DISPATCHED'];

/** Somebody works on it, or has; a device that was only handed in at the desk still waits for a technician. */
const isWork = ({ status, technicianId }: Course): boolean =>
  technicianId !== undefined && (status === 'IN_PROGRESS' || status === 'COMPLETED');

/** By what the appointments are now, so that it does not matter in which order their events come. */
const standing = (appointments: readonly Course[]): RepairStatus => {
  if (appointments.some(isWork)) return 'IN_PROGRESS';
  if (appointments.some(({ status }) => status === 'IN_TRANSIT')) return 'DISPATCHED';
  return appointments.some(({ open }) => open) ? 'SCHEDULED' : 'PENDING';
};

/** Where it goes from here; `undefined`: it stays. Held repairs go on when a visit to them begins, and not because of an earlier one. */
const next = (
  from: RepairStatus,
  appointments: readonly Course[],
  { appointmentId, begins }: AppointmentNews,
): RepairStatus | undefined => {
  const allowed = allowedFrom(from);
  if (!FOLLOWING.includes(from)) {
    const goesOn = begins && appointments.some((each) => each.id === appointmentId && each.status === 'IN_PROGRESS' && isWork(each));
    return goesOn && allowed.includes('IN_PROGRESS') ? 'IN_PROGRESS' : undefined;
  }
  const wanted = standing(appointments);
  // The table has no way from waiting to dispatched: it is scheduled first, and the next event of the appointment goes on from there.
  const to = from === 'PENDING' && wanted === 'DISPATCHED' ? 'SCHEDULED' : wanted;
  return allowed.includes(to) ? to : undefined;
};

/** A repair goes along with its appointments as far as its own rules allow, and never stands in their way. */
export const followAppointments = (
  before: RepairState,
  appointments: readonly Course[],
  news: AppointmentNews,
  stamp: Stamp,
): RepairDecision => {
  const to = next(before.status, appointments, news);
  const begun = news.begins ? appointments.find(({ id }) => id === news.appointmentId) : appointments.findLast(isWork);
  const worker = to === 'IN_PROGRESS' ? begun?.technicianId : undefined;
  const taker = before.assignedToUserId === undefined ? worker : undefined;
  const entries = [
    ...(news.entry === undefined ? [] : [news.entry]),
    ...(taker === undefined ? [] : [assignmentEntry(undefined, taker, { note: 'Began with the appointment' })]),
    ...(to === undefined ? [] : [movedEntry(before.status, to)]),
  ];
  if (entries.length === 0) return { state: before };
  const events = (after: RepairState) => [
    ...(taker === undefined ? [] : [RepairAssigned.with({ repair: published(after), ...actor(stamp) })]),
    ...(to === undefined ? [] : [movedEvent(before.status, after, stamp)]),
  ];
  const state = { ...(to === undefined ? {} : { status: to }), ...(taker === undefined ? {} : { assignedToUserId: taker }) };
  return applyChange(before, { state, entries, events }, stamp);
};
