import type { Platform } from '@riparo/shared/composition/platform';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import { firstSignIn, signedIn, type SignInPlace, type SignInRecord } from './sign-in-record.js';

export interface SignInRecords {
  find(tenantId: string, userId: string): Promise<SignInRecord | undefined>;
  /** When each of these users last signed in. */
  lastLogins(tenantId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, Date>>;
  add(tenantId: string, userId: string, place: SignInPlace, now: Date): Promise<void>;
  ensureIndexes(): Promise<void>;
}

export const createSignInRecords = ({ connection, clock, relay }: Platform): SignInRecords => {
  const records: Repository<SignInRecord> = createMongoRepository<SignInRecord>({
    connection,
    clock,
    relay,
    service: 'auth',
    collection: 'sign_in_records',
  });
  return {
    find: (tenantId, userId) => records.in(tenantId).find(userId),
    lastLogins: async (tenantId, userIds) => {
      const found = userIds.length === 0 ? [] : await records.in(tenantId).list({ id: { $in: [...userIds] } }, { limit: userIds.length });
      return new Map(found.map(({ id, lastLoginAt }) => [id, lastLoginAt]));
    },
    add: async (tenantId, userId, place, now) => {
      const tenant = records.in(tenantId);
      const updated = await tenant.update(userId, (record) => signedIn(record, place, now));
      if (updated === undefined) await tenant.insert(firstSignIn(userId, place, now));
    },
    ensureIndexes: () => records.ensureIndexes(),
  };
};
