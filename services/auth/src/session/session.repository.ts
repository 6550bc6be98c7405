import type { Platform } from '@riparo/shared/composition/platform';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Session } from './session.js';

export type SessionRepository = Repository<Session>;

/** A day later than they end, so that what they announced is long out. */
const GONE_AFTER_S = 86_400;

export const createSessionRepository = ({ connection, clock, relay }: Platform): SessionRepository =>
  createMongoRepository<Session>({
    connection,
    clock,
    relay,
    service: 'auth',
    collection: 'sessions',
    indexes: [{ fields: { userId: 1, createdAt: 1 } }, { fields: { expiresAt: 1 }, expireAfterSeconds: GONE_AFTER_S }],
  });
