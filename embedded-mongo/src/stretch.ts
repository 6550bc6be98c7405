import { performance } from 'node:perf_hooks';
import { MongoError } from './errors.js';

/** Yielded by long work wherever the server may do something else. */
export const PAUSE = Symbol('pause');
export type Pause = typeof PAUSE;

/** A command's work as a generator: each yield is a point where it may be laid aside. */
export type Job<T> = Generator<Pause, T>;

/** A job so short that it needs no pause. */
// eslint-disable-next-line require-yield -- it has none
export function* atOnce<T>(work: () => T): Job<T> {
  return work();
}

/** Does in one piece what is known to be short, or must not be interrupted. */
export function withoutPauses<T>(job: Job<T>): T {
  for (;;) {
    const step = job.next();
    if (step.done) return step.value;
  }
}

/** A step is about as much work as comparing two numbers of an expression: some 50 ns. */
const STEPS_BETWEEN_LOOKS = 40_000;
/** What one value or one document may take without a pause: some 50 ms. */
const MAX_STEPS = 1_000_000;

/**
 * The piece of work that has the thread, which everybody else waits for. Work that can pause asks whether it should; work that
 * cannot, such as one expression on one document, spends steps and ends with an error before it holds up others for long.
 */
class Stretch {
  private end = 0;
  private unlooked = 0;
  private spent = 0;

  begin(milliseconds: number): void {
    this.end = performance.now() + milliseconds;
    this.unlooked = 0;
    this.spent = 0;
  }

  /** Counts work that has to be done whatever it takes, so that the clock is looked at in time. */
  count(steps: number): void {
    this.unlooked += steps;
  }

  /** Counts work on one document; ends it when it becomes too much. */
  spend(steps: number): void {
    this.afford(steps);
    this.unlooked += steps;
    this.spent += steps;
  }

  /** Ends work that would be too much, before it begins. */
  afford(steps: number): void {
    if (this.spent + steps <= MAX_STEPS) return;
    this.spent = 0;
    throw new MongoError(
      50,
      'operation exceeded time limit: a filter or an expression takes too long for one document, and embedded-mongo does nothing else meanwhile',
    );
  }

  /** To be asked between two documents: the time, if it is worth a look at the clock. What comes next may spend anew. */
  now(steps: number): number | undefined {
    this.spent = 0;
    this.unlooked += steps;
    if (this.unlooked < STEPS_BETWEEN_LOOKS) return undefined;
    this.unlooked = 0;
    return performance.now();
  }

  isOver(now: number): boolean {
    return now > this.end;
  }

  /** Whether work that has no clock of its own should pause. */
  isDue(steps: number): boolean {
    const now = this.now(steps);
    return now !== undefined && this.isOver(now);
  }
}

/** One for all servers of a thread: a thread does one thing at a time, and each piece of work begins anew. */
export const stretch = new Stretch();
