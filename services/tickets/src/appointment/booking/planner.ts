import type { Caller } from '@riparo/shared/contracts/caller';
import { isStaff } from '@riparo/shared/contracts/roles';
import type { Span } from '../../kernel/working-time.js';
import { refusalOf, slotsOf } from '../slot/free-slots.js';
import type { Diary, SlotRefusal, SlotRules, Travel, WantedSlot } from '../slot/slot.js';
import { waysOf } from '../slot/ways.js';
import type { RulesOf } from '../../kernel/tenant-rules.js';
import type { TravelTable, TravelTimes } from '../travel/travel-times.js';
import type { Candidate } from './candidates.js';
import { mapInTurns } from '@riparo/shared/concurrency/map-in-turns';
import { DAY_MS } from '@riparo/shared/time/units';
import type { ReadDiaries, ReadVehicleDiary } from './read-diaries.js';
import { createVehicleTime, type VehicleTime } from '../vehicle/vehicle-time.js';
import { slotRulesOf, type AppointmentRules } from '../rules.js';
import type { Offer } from '../../kernel/preferred-time.js';

/** A vehicle that a visit is to have. */
export interface WantedVehicle {
  readonly id: string;
  /** True: nobody asked for it in this request. When its time is taken, the visit does without. */
  readonly canBeLeft: boolean;
}

/** A question to the diaries, and on whose behalf it is asked. */
export interface Question {
  readonly tenantId: string;
  /** The vehicle for the visit, whose time is asked for beside that of a candidate. */
  readonly vehicle?: WantedVehicle;
  /** Staff need no notice before a booking; `undefined`: the system asks. */
  readonly caller: Pick<Caller, 'role'> | undefined;
  readonly candidates: readonly Candidate[];
  readonly wanted: WantedSlot;
  /** True when a person named the technician: the refusal then says why this technician cannot come. */
  readonly named: boolean;
  readonly now: Date;
}

export interface Verdict {
  readonly candidate: Candidate;
  readonly refusal: SlotRefusal | undefined;
  /** True: the vehicle that the question names cannot be there then. */
  readonly vehicleTaken: boolean;
  /** Appointments in the diary within 12 hours of the time. The candidate with fewer comes first. */
  readonly visits: number;
}

/** A time that can be booked, with the technicians who are free then; none for a place at the desk. */
export interface FreeSlot extends Span {
  readonly technicianIds: readonly string[];
}

export interface FreeSlots {
  readonly slots: readonly FreeSlot[];
  readonly travel: Pick<TravelTable, 'provider' | 'estimated'>;
}

export interface PlannerDeps {
  readonly readDiaries: ReadDiaries;
  readonly readVehicleDiary: ReadVehicleDiary;
  readonly travelTimes: TravelTimes;
  readonly rulesOf: RulesOf;
  readonly rules: AppointmentRules;
}

export interface Planner {
  /** Each candidate's answer to a time, in the order of preference. */
  judge(question: Question, at: Span): Promise<readonly Verdict[]>;
  /** The next free times from `from` on, of any candidate. */
  offers(question: Question, from: number): Promise<readonly Offer[]>;
  /** All free times of a window, in order. */
  slots(question: Question, window: Span): Promise<FreeSlots>;
  /** Whether the vehicle of the question cannot be there at that time, whoever drives it. */
  isVehicleTaken(question: Question, at: Span): Promise<boolean>;
}

const MAX_OFFERS = 5;
/**
 * Alternatives are searched in 3 days first, then in 10, then in 30: nearby times are found quickly, and the long
 * search runs only when there are too few.
 */
const LOOK_AHEAD_DAYS = [3, 10, 30] as const;

const byPreference = (a: Verdict, b: Verdict): number =>
  a.candidate.rank - b.candidate.rank || a.visits - b.visits || (a.candidate.diary < b.candidate.diary ? -1 : 1);

const joined = (found: readonly FreeSlot[]): readonly FreeSlot[] => {
  const byStart = new Map<number, FreeSlot>();
  for (const slot of found) {
    const { technicianIds } = byStart.get(slot.from) ?? { technicianIds: [] };
    byStart.set(slot.from, { ...slot, technicianIds: [...technicianIds, ...slot.technicianIds] });
  }
  return [...byStart.values()].sort((a, b) => a.from - b.from);
};

interface Consulted<T> {
  readonly found: readonly T[];
  readonly travel: TravelTable;
  /** Of the vehicle that the question names. */
  readonly vehicle: VehicleTime | undefined;
}

type Look<T> = (diary: Diary, candidate: Candidate, slotRules: SlotRules, travel: Travel) => T;

/** Whether the vehicle can be had from this start on. A vehicle that can be left stands in nobody's way. */
const vehicleFits = ({ vehicle: wanted }: Question, vehicle: VehicleTime | undefined, window: Span): ((slot: Span) => boolean) => {
  if (vehicle === undefined || wanted?.canBeLeft === true) return () => true;
  const starts = vehicle.startsIn(window);
  return (slot) => starts.some(({ from, to }) => from <= slot.from && slot.from < to);
};

export const createPlanner = ({ readDiaries, readVehicleDiary, travelTimes, rulesOf, rules }: PlannerDeps): Planner => {
  /** Reads diaries, rules and journeys of a window. `prepare` gets the vehicle and returns what looks at each candidate. */
  const consult = async <T>(
    { tenantId, caller, candidates, wanted, vehicle: named }: Question,
    window: Span,
    prepare: (vehicle: VehicleTime | undefined) => Look<T>,
  ): Promise<Consulted<T>> => {
    const [diaries, bookings, { timeZone }] = await Promise.all([
      readDiaries(tenantId, candidates, window),
      named === undefined ? [] : readVehicleDiary(tenantId, named.id, window),
      rulesOf(tenantId),
    ]);
    const travel = await travelTimes(waysOf([...diaries, { bookings }], wanted));
    const staff = caller === undefined || isStaff(caller.role);
    const vehicleRules = slotRulesOf(rules, timeZone, true, 'DESK');
    const vehicle = named === undefined ? undefined : createVehicleTime(named.id, bookings, wanted, vehicleRules, travel.minutes);
    const look = prepare(vehicle);
    const found = await mapInTurns(candidates, (candidate, index) => {
      const kind = candidate.technician === undefined ? 'DESK' : 'TECHNICIAN';
      return look(diaries[index] as Diary, candidate, slotRulesOf(rules, timeZone, staff, kind), travel.minutes);
    });
    return { found, travel, vehicle };
  };

  const judge: Planner['judge'] = async (question, at) => {
    const { wanted, now } = question;
    const { found, vehicle } = await consult(question, at, () => (diary, candidate, slotRules, travel) => ({
      candidate,
      refusal: refusalOf(diary, wanted, at, slotRules, travel, now.getTime()),
      visits: diary.bookings.filter(({ from, to }) => from < at.to + DAY_MS / 2 && to > at.from - DAY_MS / 2).length,
    }));
    const vehicleTaken = vehicle?.isTaken(at) === true;
    return found.map((verdict) => ({ ...verdict, vehicleTaken })).sort(byPreference);
  };

  /** The free times of each candidate, in which the vehicle is free too. */
  const freeTimes = (question: Question, window: Span, most: number) => {
    const { wanted, now } = question;
    return consult(question, window, (vehicle) => {
      const fits = vehicleFits(question, vehicle, window);
      return (diary, { technician }, slotRules, travel) =>
        slotsOf(diary, wanted, window, slotRules, travel, now.getTime())
          .filter(fits)
          .slice(0, most)
          .map((slot) => ({ ...slot, technicianIds: technician === undefined ? [] : [technician.id] }));
    });
  };

  const offers: Planner['offers'] = async (question, from) => {
    const { minutes } = question.wanted;
    for (const days of LOOK_AHEAD_DAYS) {
      const { found } = await freeTimes(question, { from, to: from + days * DAY_MS }, MAX_OFFERS);
      const starts = [...new Set(found.flat().map((slot) => slot.from))].sort((a, b) => a - b).slice(0, MAX_OFFERS);
      if (starts.length === MAX_OFFERS || days === LOOK_AHEAD_DAYS.at(-1))
        return starts.map((start) => ({ startAt: new Date(start), endAt: new Date(start + minutes * 60_000) }));
    }
    return [];
  };

  const slots: Planner['slots'] = async (question, window) => {
    const { found, travel } = await freeTimes(question, window, Infinity);
    return { slots: joined(found.flat()), travel };
  };

  const isVehicleTaken: Planner['isVehicleTaken'] = async (question, at) =>
    (await consult({ ...question, candidates: [] }, at, () => () => undefined)).vehicle?.isTaken(at) === true;

  return { judge, offers, slots, isVehicleTaken };
};
