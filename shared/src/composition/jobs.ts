import { setTimeout as pause } from 'node:timers/promises';
import { schedule, type ScheduledTask } from 'node-cron';
import type { Logger } from 'pino';
import type { Lease } from '../persistence/lease.js';
import { contextFrom, runInContext } from '../runtime/context.js';

/** Something a service does by the clock; several instances of the service do it once. */
export interface Job {
  /** Unique within the service; also the lease's name. */
  readonly name: string;
  /** Cron expression with five fields, or six with seconds first. */
  readonly cron: string;
  /** IANA time zone of the expression; default UTC. */
  readonly timezone?: string;
  /** After this many ms without renewal the job's instance is taken for dead; default 30,000. */
  readonly leaseMs?: number;
  /** Must be able to run again after half a run. */
  readonly run: () => Promise<void>;
}

export interface Scheduler {
  start(): void;
  /**
   * No new runs; resolves when those under way have ended, or after `stopMs`: a job that hangs must not keep the process
   * from stopping, and can run again after half a run.
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
      // The next tick tries again; a job keeps what it has to do in the database.
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
