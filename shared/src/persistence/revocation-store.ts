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

/** Takes an ended session, or a user's ended tokens, into memory. */
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
 * Ended sessions of this service. Every instance holds them in memory; the service's database keeps them for a restart.
 * An instance that was cut off from the broker when a session ended learns of it with the next `refresh`.
 */
export interface RevocationStore {
  /** Handles the event from the service's durable queue: one instance stores it for all. */
  keep(event: EventEnvelope<SessionsRevokedV1>): Promise<void>;
  /** Handles the event from the broadcast: every instance knows it at once. */
  apply(event: Pick<EventEnvelope<SessionsRevokedV1>, 'tenantid' | 'data'>): void;
  /** Takes the revocations that were stored since the last call into memory; the first call takes all. */
  refresh(): Promise<void>;
  ensureIndexes(): Promise<void>;
}

/** The clocks of two instances may differ by so many milliseconds. */
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
