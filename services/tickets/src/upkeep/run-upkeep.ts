import { createBackgroundWorker } from '@riparo/shared/concurrency/background-worker';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Lease } from '@riparo/shared/persistence/lease';
import type { Logger } from 'pino';
import type { AcrossTenants, Found } from '@riparo/shared/persistence/across-tenants';
import { advance, ask, idleUpkeep, kindOf, upkeepId, type UpkeepKind } from './upkeep.js';
import type { Upkeeps } from './upkeep.repository.js';

/** One limited step from `position` on; resolves to the next position, or to `undefined` at the end. */
export type UpkeepStep = (tenantId: string, subjectId: string, position: string) => Promise<string | undefined>;

/** Work on many tickets that nobody waits for. It is kept in the database and done in steps, by one instance at a time. */
export interface UpkeepWork {
  /** Stores the work. When it is asked for again while it is being done, it begins again. */
  ask(tenantId: string, kind: UpkeepKind, subjectId: string): Promise<void>;
  /** Begins the stored work in the background now, instead of at the next run of the job. */
  wake(): void;
  /** Does the work that is due, unless another instance does it. */
  run(): Promise<void>;
  /** Ends after the current step. The next run of any instance does the rest. */
  stop(): Promise<void>;
}

interface Deps {
  readonly upkeeps: Upkeeps;
  readonly everywhere: AcrossTenants;
  readonly steps: Readonly<Record<UpkeepKind, UpkeepStep>>;
  readonly lease: Lease;
  readonly clock: Clock;
  readonly log: Logger;
}

const LEASE = 'upkeep-work';
const LEASE_MS = 30_000;
const BATCH = 100;

export const createUpkeepWork = ({ upkeeps, everywhere, steps, lease, clock, log }: Deps): UpkeepWork => {
  const workOff = async ({ tenantId, id }: Found): Promise<void> => {
    const inTenant = upkeeps.in(tenantId);
    let work = await inTenant.find(id);
    while (!worker.isStopping() && work?.dueAt !== undefined && work.dueAt <= clock.now()) {
      const { subjectId, position, asked } = work;
      const next = await steps[kindOf(work)](tenantId, subjectId, position);
      work = await inTenant.update(id, (before) => advance(before, asked, next, clock.now()));
    }
  };

  const workOffAll = async (): Promise<void> => {
    for (const found of await everywhere.find({ dueAt: { $lte: clock.now() } }, BATCH)) {
      // Work that fails keeps its position and goes on at the next run; other work must not wait for it.
      await workOff(found).catch((error: unknown) => log.warn({ err: error, upkeep: found.id }, 'upkeep will go on later'));
    }
  };

  const worker = createBackgroundWorker({
    work: async () => {
      await lease.hold(LEASE, LEASE_MS, workOffAll);
    },
    onError: (error) => log.warn({ err: error }, 'upkeep will begin later'),
  });

  return {
    run: () => worker.run(),
    wake: () => worker.wake(),
    stop: () => worker.stop(),
    ask: async (tenantId, kind, subjectId) => {
      const inTenant = upkeeps.in(tenantId);
      const [id, now] = [upkeepId(tenantId, kind, subjectId), clock.now()];
      if ((await inTenant.update(id, (before) => ask(before, now))) !== undefined) return;
      await inTenant.insert(idleUpkeep(tenantId, kind, subjectId));
      await inTenant.update(id, (before) => ask(before, now));
    },
  };
};
