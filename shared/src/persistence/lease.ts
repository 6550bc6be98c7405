import type { Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { collectionOf } from './collection.js';
import type { Clock } from '../runtime/clock.js';
import { duplicateFields } from './duplicate-key.js';

interface LeaseDocument extends Document {
  _id: string;
  owner: string;
  until: Date;
}

export interface LeaseOptions {
  readonly connection: Connection;
  /** Unique per running process. */
  readonly instance: string;
  readonly clock: Clock;
  /** Called when a lease could not be renewed. The lease may then run out while the work goes on, so the work must bear a second runner. */
  readonly onRenewalFailure: (error: unknown) => void;
}

export interface Lease {
  /**
   * Runs `work` if nobody holds the lease, and renews the lease until `work` ends. Returns false without running when
   * another run holds it. With a `ttlMs` of 30 s the lease is renewed every 10 s. When the instance dies, another one can
   * run after at most 30 s. The clocks of the instances must agree within a fraction of `ttlMs`.
   */
  hold(name: string, ttlMs: number, work: () => Promise<void>): Promise<boolean>;
}

/**
 * Nobody takes a lease for longer than its `ttlMs`. One that lasts ten times as long was taken while the clock was ahead, by
 * an instance that is gone; without this the job would stand still until the clock is there again.
 */
const IMPOSSIBLE = 10;

/** Lets one of several instances run a scheduled job. */
export const createLease = ({ connection, instance, clock, onRenewalFailure }: LeaseOptions): Lease => {
  const collection = collectionOf<LeaseDocument>(connection, 'leases');

  const take = async (name: string, owner: string, ttlMs: number): Promise<boolean> => {
    const now = clock.now();
    try {
      const result = await collection.updateOne(
        { _id: name, $or: [{ until: { $lte: now } }, { until: { $gt: new Date(now.getTime() + IMPOSSIBLE * ttlMs) } }, { owner }] },
        { $set: { owner, until: new Date(now.getTime() + ttlMs) } },
        { upsert: true },
      );
      return result.matchedCount + result.upsertedCount > 0;
    } catch (error) {
      if (duplicateFields(error) !== undefined) return false;
      throw error;
    }
  };

  let holds = 0;
  return {
    hold: async (name, ttlMs, work) => {
      // Every run is an owner of its own: a run that lasts longer than the schedule's pause also keeps out the next run of
      // the same instance.
      const owner = `${instance}#${++holds}`;
      if (!(await take(name, owner, ttlMs))) return false;
      const renewal = setInterval(() => void take(name, owner, ttlMs).catch(onRenewalFailure), ttlMs / 3).unref();
      try {
        await work();
      } finally {
        clearInterval(renewal);
        await collection.updateOne({ _id: name, owner }, { $set: { until: new Date(0) } });
      }
      return true;
    },
  };
};
