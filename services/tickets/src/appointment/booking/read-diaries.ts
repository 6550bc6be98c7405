import { union, without, type Span } from '../../kernel/working-time.js';
import type { Diary, Booking } from '../slot/slot.js';
import { awayIn } from '../../technician/time-off.js';
import type { RulesOf } from '../../kernel/tenant-rules.js';
import type { Appointment } from '../appointment.js';
import type { Appointments } from '../appointment.repository.js';
import type { Candidate } from './candidates.js';
import { mapInTurns } from '@riparo/shared/concurrency/map-in-turns';
import { MINUTE_MS } from '@riparo/shared/time/units';
import { createOpenTime } from './open-time.js';
import { MAX_MINUTES } from '../rules.js';
import { vehicleDiaryOf } from '../vehicle/vehicle-diary.js';

export interface DiaryDeps {
  readonly appointments: Appointments;
  readonly rulesOf: RulesOf;
}

/**
 * The engine needs the whole local days that the window touches and one day on either side. A local day has 25 hours at
 * most, so 50 hours are enough.
 */
const AROUND = 50 * 60 * MINUTE_MS;
/** More appointments than this in one look can only be a mistake. */
const MAX_VISITS = 20_000;

/**
 * The time that an appointment takes: the planned time, without the rest when the appointment ended early. Planned
 * 10:00–12:00 and ended at 11:00 takes 10:00–11:00.
 */
const visitOf = ({ id, type, place, scheduledStartAt, scheduledEndAt, actualEndAt }: Appointment): Booking => {
  const [from, end] = [scheduledStartAt.getTime(), scheduledEndAt.getTime()];
  return { id, type, from, to: Math.max(from, Math.min(end, actualEndAt?.getTime() ?? end)), ...(place === undefined ? {} : { place }) };
};

const groupByDiary = (appointments: readonly Appointment[]): ReadonlyMap<string, readonly Booking[]> => {
  const groups = new Map<string, Booking[]>();
  for (const appointment of appointments) {
    const { diary = '' } = appointment;
    const group = groups.get(diary);
    if (group === undefined) groups.set(diary, [visitOf(appointment)]);
    else group.push(visitOf(appointment));
  }
  return groups;
};

/** Starts of everything that may reach into the window or into the days around it. */
const startsAround = (window: Span) => ({
  $gt: new Date(window.from - AROUND - MAX_MINUTES * MINUTE_MS),
  $lt: new Date(window.to + AROUND),
});
const BY_START = { sort: { scheduledStartAt: 1, id: 1 }, limit: MAX_VISITS } as const;

/** What a vehicle is booked for, in and around the window. */
export type ReadVehicleDiary = (tenantId: string, vehicleId: string, window: Span) => Promise<readonly Booking[]>;

export const createReadVehicleDiary =
  ({ appointments }: Pick<DiaryDeps, 'appointments'>): ReadVehicleDiary =>
  async (tenantId, vehicleId, window) => {
    const filter = { vehicleDiary: vehicleDiaryOf(vehicleId), scheduledStartAt: startsAround(window) };
    return (await appointments.in(tenantId).list(filter, BY_START)).map(visitOf);
  };

export type ReadDiaries = (tenantId: string, candidates: readonly Candidate[], window: Span) => Promise<readonly Diary[]>;

/** The diaries of all candidates, read at once, in the order of the candidates. */
export const createReadDiaries = ({ appointments, rulesOf }: DiaryDeps): ReadDiaries => {
  const openTime = createOpenTime();
  return async (tenantId, candidates, window) => {
    if (candidates.length === 0) return [];
    const around = { from: window.from - AROUND, to: window.to + AROUND };
    const [rules, visits] = await Promise.all([
      rulesOf(tenantId),
      appointments.in(tenantId).list(
        {
          diary: candidates.length === 1 ? candidates[0]?.diary : { $in: candidates.map(({ diary }) => diary) },
          scheduledStartAt: startsAround(window),
        },
        BY_START,
      ),
    ]);
    const bookingsOf = groupByDiary(visits);
    return mapInTurns(candidates, ({ diary, technician }) => ({
      technicianId: diary,
      open: without(openTime(rules, technician?.availability, around), union(technician === undefined ? [] : awayIn(technician, around))),
      bookings: bookingsOf.get(diary) ?? [],
    }));
  };
};
