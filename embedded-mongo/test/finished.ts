import { type Job, stretch } from '../src/stretch.js';

/** What a job comes to, and how often it paused: wherever it looked at the clock, since its time is over from the start. */
export function pausing<T>(job: Job<T>): { value: T; pauses: number } {
  stretch.begin(-1);
  for (let pauses = 0; ; pauses++) {
    const step = job.next();
    if (step.done) return { value: step.value, pauses };
  }
}

export const finished = <T>(job: Job<T>): T => pausing(job).value;
