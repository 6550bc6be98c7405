import { LRUCache } from 'lru-cache';
import type { Appointments } from '../appointment.repository.js';
import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import { atMost } from '@riparo/shared/runtime/at-most';

/**
 * Bookings in one diary take turns: each carries the number after the highest one ever taken there, and a unique index
 * lets one booking have it. Whoever looked at the diary before another booking was saved holds a number that is gone, is
 * refused, and looks again. Numbers are never given back, so in each diary they run from 1 without a gap.
 */
export interface Turns {
  /** The turn after the highest one taken. Read it *before* the diary. */
  next(tenantId: string, diary: string): Promise<string>;
}

/** There is no pause between attempts: a race is lost only because another booking was saved, so one booking always succeeds. */
export const MAX_LOST_RACES = 60;

/** Another booking was saved meanwhile and has the turn. */
export const isLostTurn = (error: unknown): boolean => error instanceof DuplicateKeyError && error.fields.includes('turns');

/** Padded, so that turns of a diary sort as they were taken. */
const turnOf = (diary: string, number: number): string => `${diary}:${String(number).padStart(9, '0')}`;

const STEPS = Array.from({ length: 24 }, (_, power) => 2 ** power);
const MAX_REMEMBERED = 20_000;

/**
 * Looks ahead of the highest number known in growing steps until the next one is not there. Equality alone is asked for,
 * which the index over the array answers exactly; ranges over arrays it would not. What is remembered only shortens the
 * way: a number that was there once is there for ever.
 */
export const createTurns = (appointments: Appointments): Turns => {
  const known = new LRUCache<string, number>(atMost(MAX_REMEMBERED));
  const highestAbove = async (tenantId: string, diary: string, base: number): Promise<number> => {
    const wanted = STEPS.map((step) => turnOf(diary, base + step));
    const found = await appointments.in(tenantId).list({ turns: { $in: wanted } }, { limit: STEPS.length });
    const prefix = `${diary}:`;
    const numbers = found.flatMap(({ turns }) =>
      turns.filter((turn) => turn.startsWith(prefix)).map((turn) => Number(turn.slice(prefix.length))),
    );
    return Math.max(base, ...numbers);
  };
  return {
    next: async (tenantId, diary) => {
      const key = `${tenantId}\n${diary}`;
      for (let base = known.get(key) ?? 0; ;) {
        const highest = await highestAbove(tenantId, diary, base);
        if (highest === base) return turnOf(diary, base + 1);
        known.set(key, highest);
        base = highest;
      }
    },
  };
};
