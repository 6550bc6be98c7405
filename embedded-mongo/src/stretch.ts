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

/** A job that work of one piece comes to, and what it came to. */
interface Part {
  readonly job: Job<unknown>;
  spent: number;
  result?: { readonly value: unknown };
}

/** Thrown out of work that is done again after a pause; its parts go on where they were. */
const LAID_ASIDE = new Error('laid aside for others');

/** Where the work is: between documents, in what can be done again, in a part of that, or in what has to be done in one piece. */
type Place = 'outside' | 'repeatable' | 'part' | 'whole';

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
  private place: Place = 'outside';
  /** What the repeatable work has come to before, in order, and how much of it it has come to again. */
  private parts: Part[] = [];
  private met = 0;

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

  /** The same for work that is no trouble where it can pause. */
  affordWhole(steps: number): void {
    if (this.place === 'whole') this.afford(steps);
  }

  /** To be asked between two steps: the time, if it is worth a look at the clock. Between documents what comes next may spend anew. */
  now(steps: number): number | undefined {
    if (this.place === 'outside') this.spent = 0;
    this.unlooked += steps;
    if (this.unlooked < STEPS_BETWEEN_LOOKS || this.place === 'repeatable' || this.place === 'whole') return undefined;
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

  /**
   * Does a job within work that cannot pause, such as an expression. Where that work is repeatable, the job's pauses lay it aside,
   * and when it comes here again the job goes on.
   */
  inParts<T>(job: () => Job<T>): T {
    const { place } = this;
    if (place !== 'repeatable') return this.at('whole', () => withoutPauses(job()));
    const part = (this.parts[this.met++] ??= { job: job(), spent: 0 });
    this.spent += part.spent;
    if (!part.result) {
      const before = this.spent;
      const step = this.at('part', () => part.job.next());
      part.spent += this.spent - before;
      if (!step.done) throw LAID_ASIDE;
      part.result = { value: step.value };
    }
    return part.result.value as T;
  }

  /** Short work that may be followed by a pause, so that much of it can be laid aside. */
  piece<T>(work: () => T): T {
    if (this.place !== 'repeatable') return work();
    return this.inParts(function* () {
      const result = work();
      if (stretch.isDue(STEPS_BETWEEN_LOOKS)) yield PAUSE;
      return result;
    });
  }

  /** Work with pauses that has none of its own: it is done again after each, but for its parts. It may not leave anything half changed. */
  *repeating<T>(work: () => T): Job<T> {
    const parts: Part[] = [];
    const place = this.place === 'outside' ? 'repeatable' : 'whole';
    for (;;) {
      [this.parts, this.met] = [parts, 0];
      try {
        return this.at(place, work);
      } catch (error) {
        if (error !== LAID_ASIDE) throw error;
      }
      yield PAUSE;
      // What it does again it spends again.
      this.spent = 0;
    }
  }

  private at<T>(place: Place, work: () => T): T {
    const before = this.place;
    this.place = place;
    try {
      return work();
    } finally {
      this.place = before;
    }
  }
}

/** One for all servers of a thread: a thread does one thing at a time, and each piece of work begins anew. */
export const stretch = new Stretch();
