import type { AppointmentStatus, RepairStatus } from '@riparo/shared/contracts/enums';
import { RepairAssigned } from '@riparo/shared/contracts/repairs.events';
import { assignmentEntry } from '../conversation/entries.js';
import { actor, type Entry, type Stamp } from '../conversation/stamp.js';
import { movedEntry, movedEvent, applyChange } from './apply-change.js';
import { type RepairDecision, type RepairState } from './repair.js';
import { published } from './published-repair.js';
import { allowedFrom } from './transitions.js';

/** The fields of an appointment that a repair follows. */
interface Course {
  readonly id: string;
  readonly status: AppointmentStatus;
  /** The appointment is booked and has not ended. */
  readonly open: boolean;
  readonly technicianId?: string;
}

/** What just happened to one of the repair's appointments. */
export interface AppointmentNews {
  readonly appointmentId: string;
  /** True when the event says that the appointment has begun. */
  readonly begins: boolean;
  /** The timeline entry for it; missing when the timeline is full. */
  readonly entry?: Entry;
}

/** Statuses before the work begins. In them, the appointments decide the status of the repair. */
const FOLLOWING: readonly RepairStatus[] = ['PENDING', 'SCHEDULED', 'DISPATCHED'];

/** A technician works or has worked on the device. A device that was only handed in at the desk still waits for a technician. */
const isWork = ({ status, technicianId }: Course): boolean =>
  technicianId !== undefined && (status === 'IN_PROGRESS' || status === 'COMPLETED');

/** The status according to the appointments as they are now, so that the order of their events does not matter. */
const standing = (appointments: readonly Course[]): RepairStatus => {
  if (appointments.some(isWork)) return 'IN_PROGRESS';
  if (appointments.some(({ status }) => status === 'IN_TRANSIT')) return 'DISPATCHED';
  return appointments.some(({ open }) => open) ? 'SCHEDULED' : 'PENDING';
};

/**
 * The repair's next status; `undefined`: no change. A repair that is on hold goes on only when an appointment begins
 * now, not because of an earlier one.
 */
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
  // The table has no step from PENDING to DISPATCHED: the repair becomes SCHEDULED first, and the appointment's next event moves it on.
  const to = from === 'PENDING' && wanted === 'DISPATCHED' ? 'SCHEDULED' : wanted;
  return allowed.includes(to) ? to : undefined;
};

/** Lets a repair follow its appointments as far as its own transitions allow. It never blocks an appointment. */
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
