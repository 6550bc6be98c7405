import { performance } from 'node:perf_hooks';
import { MongoError } from '../errors.js';

/**
 * The stretch of time one piece of work may keep the thread. `turn` grows with every stretch: what a scan has
 * read ahead is only valid within one, because anything may be written between two.
 */
export class Slice {
  turn = 0;
  private end = 0;
  private calls = 0;

  begin(milliseconds: number): void {
    this.turn++;
    this.end = performance.now() + milliseconds;
  }

  /** Whether the work should pause; looks at the clock only now and then, because that costs more than a step. */
  over(deadline?: number): boolean {
    if ((++this.calls & 15) !== 0) return false;
    const now = performance.now();
    if (deadline !== undefined && now > deadline) throw new MongoError(50, 'operation exceeded time limit');
    return now > this.end;
  }
}
