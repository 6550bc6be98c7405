import { createAcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { Clock } from '@riparo/shared/runtime/clock';
import { DAY_MS } from '@riparo/shared/time/units';
import type { Connection } from 'mongoose';

export interface AuditRetention {
  /** Removes what is older than the trail is kept. */
  sweep(): Promise<void>;
  ensureIndexes(): Promise<void>;
}

export interface AuditRetentionOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  /** 0 keeps everything. */
  readonly days: number;
}

/** Few at a time, so that nobody else waits for the database meanwhile. */
const BATCH = 500;

/** By a job and not by an expiring index, which another number of days would have to be told to in every database. */
export const createAuditRetention = ({ connection, clock, days }: AuditRetentionOptions): AuditRetention => {
  const events = createAcrossTenants({ connection }, 'audit_events', [{ key: { at: 1 } }]);
  return {
    sweep: async () => {
      if (days === 0) return;
      const before = new Date(clock.now().getTime() - days * DAY_MS);
      for (;;) {
        const old = await events.find({ at: { $lt: before } }, BATCH);
        if (old.length === 0) return;
        await events.remove(old);
      }
    },
    ensureIndexes: () => events.ensureIndexes(),
  };
};
