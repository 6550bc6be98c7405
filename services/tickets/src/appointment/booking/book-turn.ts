import { unavailable } from '@riparo/shared/errors/common-errors';
import type { DomainError } from '@riparo/shared/errors/domain-error';
import { createKeyedQueue } from '@riparo/shared/concurrency/keyed-queue';
import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import type { Span } from '../../kernel/working-time.js';
import type { SlotRefusal } from '../slot/slot.js';
import { dayFull, noTimeToTravel, nobodyAvailable, outsideHours, slotTaken, tooSoon } from '../appointment.errors.js';
import type { Candidate } from './candidates.js';
import type { Planner, Question } from './planner.js';
import { turnOf, type Turns } from './turns.js';
import type { Offer } from '../../kernel/preferred-time.js';

/** The place that was found: the diary, and the turn that keeps other bookings off this time. */
export interface BookedTurn {
  readonly candidate: Candidate;
  readonly diary: string;
  readonly turn: string;
}

export interface BookTurnDeps {
  readonly planner: Planner;
  readonly turns: Turns;
}

/**
 * Finds a diary with this time free and saves with `write`, which must put `turn` into the one document that it writes.
 * When no diary has the time free, it throws a conflict with the next free times.
 */
export type BookTurn = <T>(question: Question, at: Span, write: (place: BookedTurn) => Promise<T>) => Promise<T>;

/** There is no pause between attempts: a race is lost only because another booking was saved, so one booking always succeeds. */
const MAX_LOST_RACES = 60;

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

const isLostTurn = (error: unknown): boolean => error instanceof DuplicateKeyError && error.fields.includes('turns');

export const createBookTurn = ({ planner, turns }: BookTurnDeps): BookTurn => {
  // Bookings in one diary wait for each other inside this process. Otherwise they would only lose races against each other.
  const lines = createKeyedQueue();

  const takeIn = async <T>(
    question: Question,
    candidate: Candidate,
    at: Span,
    write: (place: BookedTurn) => Promise<T>,
  ): Promise<{ readonly saved: T } | { readonly refusal: SlotRefusal }> => {
    const { tenantId } = question;
    const { diary } = candidate;
    for (let lost = 0; lost < MAX_LOST_RACES; lost++) {
      // The last turn is read before the diary. A booking that is saved after this line takes the next turn, so this write then fails.
      const last = await turns.last(tenantId, diary);
      const [verdict] = await planner.judge({ ...question, candidates: [candidate] }, at);
      if (verdict?.refusal !== undefined) return { refusal: verdict.refusal };
      try {
        return { saved: await write({ candidate, diary, turn: turnOf(diary, last + 1) }) };
      } catch (error) {
        if (!isLostTurn(error)) throw error;
      }
    }
    throw unavailable('This diary', 1);
  };

  return async (question, at, write) => {
    const { tenantId, candidates } = question;
    const single = candidates.length === 1;
    // The first look at all diaries only finds the candidates to try. The second look, in the diary's queue, decides.
    const verdicts = single ? [] : await planner.judge(question, at);
    const able = single ? candidates : verdicts.filter(({ refusal }) => refusal === undefined).map(({ candidate }) => candidate);
    const refusals = verdicts.flatMap(({ refusal }) => (refusal === undefined ? [] : [refusal]));
    for (const candidate of able) {
      const outcome = await lines.run(`${tenantId}\n${candidate.diary}`, () => takeIn(question, candidate, at, write));
      if ('saved' in outcome) return outcome.saved;
      refusals.push(outcome.refusal);
    }
    throw errorFor(refusals, question.named)(await planner.offers(question, at.from));
  };
};
