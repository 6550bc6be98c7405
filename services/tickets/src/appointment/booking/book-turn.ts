import { unavailable } from '@riparo/shared/errors/common-errors';
import type { DomainError } from '@riparo/shared/errors/domain-error';
import type { Span } from '../../kernel/working-time.js';
import type { SlotRefusal } from '../slot/slot.js';
import { dayFull, noTimeToTravel, nobodyAvailable, outsideHours, slotTaken, tooSoon, vehicleTaken } from '../appointment.errors.js';
import { vehicleDiaryOf } from '../vehicle/vehicle-diary.js';
import type { Candidate } from './candidates.js';
import type { DiaryLines } from './diary-lines.js';
import type { Planner, Question } from './planner.js';
import { isLostTurn, MAX_LOST_RACES, type Turns } from './turns.js';
import type { Offer } from '../../kernel/preferred-time.js';

/** The place that was found: the diary, and the turns that keep other bookings off this time. */
export interface BookedTurn {
  readonly candidate: Candidate;
  readonly diary: string;
  /** One in the diary, and one in that of the vehicle when there is one. */
  readonly turns: readonly string[];
  /** The vehicle of the question; missing also when its time was taken and it could be left. */
  readonly vehicleId?: string;
}

export interface BookTurnDeps {
  readonly planner: Planner;
  readonly turns: Turns;
  readonly lines: DiaryLines;
}

/**
 * Finds a diary with this time free and saves with `write`, which must put `turns` into the one document that it
 * writes. When no diary has the time free, it throws a conflict with the next free times.
 */
export type BookTurn = <T>(question: Question, at: Span, write: (place: BookedTurn) => Promise<T>) => Promise<T>;

/** Of all candidates' refusals the one nearest to a yes is reported, because it helps most. */
const NEAREST: readonly SlotRefusal[] = ['NO_TIME_TO_TRAVEL', 'TAKEN', 'DAY_FULL', 'TOO_SOON', 'OUTSIDE_HOURS'];

const errorFor = (refusals: readonly SlotRefusal[], named: boolean): ((alternatives: readonly Offer[]) => DomainError) => {
  const nearest = NEAREST.find((refusal) => refusals.includes(refusal));
  switch (nearest) {
    case undefined:
      return nobodyAvailable;
    case 'TOO_SOON':
      return tooSoon;
    case 'OUTSIDE_HOURS':
      return outsideHours;
    case 'TAKEN':
      return slotTaken;
    // Without a named technician the refusal says only "taken": why each technician cannot come is internal.
    case 'NO_TIME_TO_TRAVEL':
      return named ? noTimeToTravel : slotTaken;
    case 'DAY_FULL':
      return named ? dayFull : slotTaken;
  }
};

type Outcome<T> = { readonly saved: T } | { readonly refusal: SlotRefusal | 'VEHICLE_TAKEN' };

export const createBookTurn = ({ planner, turns, lines }: BookTurnDeps): BookTurn => {
  const takeIn = async <T>(
    question: Question,
    candidate: Candidate,
    at: Span,
    write: (place: BookedTurn) => Promise<T>,
  ): Promise<Outcome<T>> => {
    const { tenantId, vehicle } = question;
    const { diary } = candidate;
    for (let lost = 0; lost < MAX_LOST_RACES; lost++) {
      // The next turns are read before the diaries. A booking that is saved after this line takes one of them, so this write then fails.
      const [turn, turnOfVehicle] = await Promise.all([
        turns.next(tenantId, diary),
        vehicle === undefined ? undefined : turns.next(tenantId, vehicleDiaryOf(vehicle.id)),
      ]);
      const [verdict] = await planner.judge({ ...question, candidates: [candidate] }, at);
      if (verdict?.refusal !== undefined) return { refusal: verdict.refusal };
      const taken = verdict?.vehicleTaken === true;
      if (taken && vehicle?.canBeLeft === false) return { refusal: 'VEHICLE_TAKEN' };
      const driven = turnOfVehicle === undefined || taken ? undefined : { turn: turnOfVehicle, id: vehicle?.id };
      try {
        const both = driven === undefined ? [turn] : [turn, driven.turn];
        return { saved: await write({ candidate, diary, turns: both, vehicleId: driven?.id }) };
      } catch (error) {
        if (!isLostTurn(error)) throw error;
      }
    }
    throw unavailable('This diary', 1);
  };

  return async (question, at, write) => {
    const { candidates, vehicle } = question;
    const single = candidates.length === 1;
    // The first look at all diaries only finds the candidates to try. The second look, in the diaries' queues, decides.
    const verdicts = single ? [] : await planner.judge(question, at);
    const able = single ? candidates : verdicts.filter(({ refusal }) => refusal === undefined).map(({ candidate }) => candidate);
    const refusals = verdicts.flatMap(({ refusal }) => (refusal === undefined ? [] : [refusal]));
    for (const candidate of able) {
      const diaries = [candidate.diary, ...(vehicle === undefined ? [] : [vehicleDiaryOf(vehicle.id)])];
      const outcome = await lines.run(question.tenantId, diaries, () => takeIn(question, candidate, at, write));
      if ('saved' in outcome) return outcome.saved;
      if (outcome.refusal === 'VEHICLE_TAKEN') throw vehicleTaken(await planner.offers(question, at.from));
      refusals.push(outcome.refusal);
    }
    throw errorFor(refusals, question.named)(await planner.offers(question, at.from));
  };
};
