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
import type { ReadDiaries } from './read-diaries.js';
import { slotRulesOf, type AppointmentRules } from '../rules.js';
import type { Offer } from '../../kernel/preferred-time.js';

/** A question to the diaries, and on whose behalf it is asked. */
export interface Question {
  readonly tenantId: string;
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

export const createPlanner = ({ readDiaries, travelTimes, rulesOf, rules }: PlannerDeps): Planner => {
  /** Reads diaries, rules and journeys of a window, and calls `look` for each candidate. */
  const consult = async <T>(
    { tenantId, caller, candidates, wanted }: Question,
    window: Span,
    look: (diary: Diary, candidate: Candidate, slotRules: SlotRules, travel: Travel) => T,
  ): Promise<{ readonly found: readonly T[]; readonly travel: TravelTable }> => {
    const [diaries, { timeZone }] = await Promise.all([readDiaries(tenantId, candidates, window), rulesOf(tenantId)]);
    const travel = await travelTimes(waysOf(diaries, wanted));
    const staff = caller === undefined || isStaff(caller.role);
    const found = await mapInTurns(candidates, (candidate, index) => {
      const kind = candidate.technician === undefined ? 'DESK' : 'TECHNICIAN';
      return look(diaries[index] as Diary, candidate, slotRulesOf(rules, timeZone, staff, kind), travel.minutes);
    });
    return { found, travel };
  };

  const judge: Planner['judge'] = async (question, at) => {
    const { wanted, now } = question;
    const { found } = await consult(question, at, (diary, candidate, slotRules, travel) => ({
      candidate,
      refusal: refusalOf(diary, wanted, at, slotRules, travel, now.getTime()),
      visits: diary.bookings.filter(({ from, to }) => from < at.to + DAY_MS / 2 && to > at.from - DAY_MS / 2).length,
    }));
    return [...found].sort(byPreference);
  };

  const offers: Planner['offers'] = async (question, from) => {
    const { wanted, now } = question;
    for (const days of LOOK_AHEAD_DAYS) {
      const window = { from, to: from + days * DAY_MS };
      const { found } = await consult(question, window, (diary, _candidate, slotRules, travel) =>
        slotsOf(diary, wanted, window, slotRules, travel, now.getTime()).slice(0, MAX_OFFERS),
      );
      const starts = [...new Set(found.flat().map((slot) => slot.from))].sort((a, b) => a - b).slice(0, MAX_OFFERS);
      if (starts.length === MAX_OFFERS || days === LOOK_AHEAD_DAYS.at(-1))
        return starts.map((start) => ({ startAt: new Date(start), endAt: new Date(start + wanted.minutes * 60_000) }));
    }
    return [];
  };

  const slots: Planner['slots'] = async (question, window) => {
    const { wanted, now } = question;
    const { found, travel } = await consult(question, window, (diary, { technician }, slotRules, minutes) =>
      slotsOf(diary, wanted, window, slotRules, minutes, now.getTime()).map((slot) => ({
        ...slot,
        technicianIds: technician === undefined ? [] : [technician.id],
      })),
    );
    return { slots: joined(found.flat()), travel };
  };

  return { judge, offers, slots };
};
