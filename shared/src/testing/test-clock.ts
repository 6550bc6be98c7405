import type { Clock } from '../runtime/clock.js';

/** A clock that stands still until it is told otherwise. */
export interface TestClock extends Clock {
  set(now: Date | string): void;
  advance(milliseconds: number): void;
}

/** Starts at `start`, by default now: the database's own clean-up by age goes by the real time. */
export const createTestClock = (start: Date | string = new Date()): TestClock => {
  let current = new Date(start);
  return {
    now: () => new Date(current),
    set: (now) => {
      current = new Date(now);
    },
    advance: (milliseconds) => {
      current = new Date(current.getTime() + milliseconds);
    },
  };
};
