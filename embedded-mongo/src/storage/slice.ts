import { timeIsUp } from '../errors.js';
import { stretch } from '../stretch.js';
import type { Catalog } from './catalog.js';
import type { Store } from './store.js';

/** What reading and testing one small document is taken for: the clock is looked at after each fortieth of them. */
const STEPS_OF_ONE = 1_000;

/**
 * The stretches of time in which work has the thread. `turn` grows with every one: what a scan has read ahead is only valid
 * within one, because anything may be written between two.
 */
export class Slice {
  turn = 0;

  begin(milliseconds: number): void {
    this.turn++;
    stretch.begin(milliseconds);
  }

  /** Whether the work should pause; to be asked between two documents. */
  over(deadline?: number): boolean {
    const now = stretch.now(STEPS_OF_ONE);
    if (now === undefined) return false;
    if (deadline !== undefined && now > deadline) throw timeIsUp();
    return stretch.isOver(now);
  }
}

/** Where and for how long a query runs. */
export interface ReadContext {
  store: Store;
  catalog: Catalog;
  slice: Slice;
  /** performance.now() at which maxTimeMS is over. */
  deadline?: number | undefined;
}
