import { setTimeout as pause } from 'node:timers/promises';
import { schedule, type ScheduledTask } from 'node-cron';
import type { Logger } from 'pino';
import type { Lease } from '../persistence/lease.js';
import { contextFrom, runInContext } from '../runtime/context.js';

/** Work of a service that starts by the clock. Of several instances of the service one alone runs it. */
export interface Job {
  /** Unique within the service; also the lease's name. */
  readonly name: string;
  /** Cron expression with five fields, or six with seconds first. */
  readonly cron: string;
  /** IANA time zone of the expression; default UTC. */
  readonly timezone?: string;
  /** An instance that has not renewed its lease for this many ms is taken for dead, and another one may run the job; default 30,000. */
  readonly leaseMs?: number;
  /** A crash can end a run halfway, so the next run must be able to start from there. */
  readonly run: () => Promise<void>;
}

export interface Scheduler {
  start(): void;
  /**
   * Starts no new runs. Resolves when the runs under way have ended, or after `stopMs`: a job that hangs must not keep
   * the process from stopping. A job whose run was cut off can run again (see `Job.run`).
   */
  stop(): Promise<void>;
}

export interface SchedulerOptions {
  readonly jobs: readonly Job[];
  readonly lease: Lease;
  readonly log: Logger;
  /** How long `stop` waits for runs under way, in ms; default 1,500. */
  readonly stopMs?: number;
}

const DEFAULT_LEASE_MS = 30_000;

export const createScheduler = ({ jobs, lease, log, stopMs = 1_500 }: SchedulerOptions): Scheduler => {
  const running = new Set<Promise<void>>();
  let tasks: readonly ScheduledTask[] = [];

  const runOnce = async ({ name, leaseMs = DEFAULT_LEASE_MS, run }: Job): Promise<void> => {
    try {
      await lease.hold(name, leaseMs, run);
    } catch (error) {
      // The next tick tries again. Nothing is lost: a job keeps its open work in the database.
      log.error({ err: error, job: name }, 'job failed');
    }
  };
  const tick = (job: Job): Promise<void> => {
    const run = runInContext(contextFrom(undefined, undefined), () => runOnce(job));
    running.add(run);
    return run.finally(() => running.delete(run));
  };

  return {
    start: () => {
      tasks = jobs.map((job) =>
        schedule(job.cron, () => tick(job), {
          name: job.name,
          noOverlap: true,
          timezone: job.timezone ?? 'UTC',
          suppressMissedWarning: true,
          logger: { info: () => undefined, debug: () => undefined, warn: (text) => log.warn(text), error: (error) => log.error(error) },
        }),
      );
    },
    stop: async () => {
      await Promise.all(tasks.map(async (task) => task.destroy()));
      tasks = [];
      const patience = new AbortController();
      const late = pause(stopMs, true, { signal: patience.signal }).catch(() => false);
      if (await Promise.race([late, Promise.all(running).then(() => false)])) log.warn('a job still runs, it will run again');
      patience.abort();
    },
  };
};
