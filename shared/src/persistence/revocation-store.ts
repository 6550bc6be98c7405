import type { Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { collectionOf } from './collection.js';
import type { SessionsRevokedV1 } from '../contracts/auth.events.js';
import type { EventEnvelope } from '../contracts/event.js';
import type { Clock } from '../runtime/clock.js';
import { ensureIndexes } from './indexes.js';

interface RevocationDocument extends Document {
  _id: string;
  tenantId: string;
  revocation: SessionsRevokedV1;
  keptAt: Date;
  until: Date;
}

/** What takes an ended session or a user's ended tokens into memory. */
export interface RevocationSink {
  revokeUser(tenantId: string, userId: string, epoch: number, until?: Date): void;
  revokeSession(sessionId: string, until: Date): void;
}

export interface RevocationStoreOptions {
  readonly connection: Connection;
  readonly list: RevocationSink;
  readonly clock: Clock;
}

/**
 * Ended sessions of this service: every instance holds them in memory, the service's database keeps them for a restart.
 * An instance that was cut off from the broker while one was announced finds it here within `refresh`'s pace.
 */
export interface RevocationStore {
  /** From the service's durable queue: one instance writes it down for all. */
  keep(event: EventEnvelope<SessionsRevokedV1>): Promise<void>;
  /** From the broadcast: this instance knows it at once. */
  apply(event: Pick<EventEnvelope<SessionsRevokedV1>, 'tenantid' | 'data'>): void;
  /** Takes what was written down since the last call into memory; everything at the first. */
  refresh(): Promise<void>;
  ensureIndexes(): Promise<void>;
}

/** Clocks of instances may differ by this much, in milliseconds. */
const CLOCK_SKEW_MS = 60_000;

export const createRevocationStore = ({ connection, list, clock }: RevocationStoreOptions): RevocationStore => {
  const collection = collectionOf<RevocationDocument>(connection, 'revocations');
  let since = new Date(0);

  const apply: RevocationStore['apply'] = ({ tenantid, data }) => {
    const until = new Date(data.until);
    if (data.epoch !== undefined) list.revokeUser(tenantid, data.userId, data.epoch, until);
    if (data.sessionId !== undefined) list.revokeSession(data.sessionId, until);
  };

  return {
    apply,
    keep: async (event) => {
      const document = { tenantId: event.tenantid, revocation: event.data, keptAt: clock.now(), until: new Date(event.data.until) };
      await collection.replaceOne({ _id: event.id }, document, { upsert: true });
      apply(event);
    },
    refresh: async () => {
      const from = new Date(since.getTime() - CLOCK_SKEW_MS);
      since = clock.now();
      for await (const { tenantId, revocation } of collection.find({ keptAt: { $gte: from } })) {
        apply({ tenantid: tenantId, data: revocation });
      }
    },
    ensureIndexes: () =>
      ensureIndexes(collection, [{ fields: { until: 1 }, expireAfterSeconds: 0 }], [{ key: { keptAt: 1 }, name: 'kept_at' }]),
  };
};
