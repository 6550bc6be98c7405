import { createRecentReads, oneByOne } from '@riparo/shared/persistence/recent-reads';
import type { Repository } from '@riparo/shared/persistence/repository';
import { STALE_MS } from '../replica/replicas.js';
import type { PreferenceEntity, Preferences } from './preference.js';

/** What people chose, as delivery asks for it. */
export interface Chosen {
  of(tenantId: string, userId: string): Promise<Preferences | undefined>;
  /** Users of a customer who want to know of their colleagues' tickets. */
  colleagues(tenantId: string, customerId: string): Promise<readonly string[]>;
  /** Somebody chose anew. */
  forget(tenantId: string, userId: string, customerId: string | undefined): void;
}

/** More people of one customer are not written to about one ticket. */
export const MAX_COLLEAGUES = 50;

export const createChosen = (preferences: Repository<PreferenceEntity>): Chosen => {
  const own = createRecentReads(
    oneByOne<Preferences>((tenantId, userId) => preferences.in(tenantId).find(userId)),
    { staleMs: STALE_MS, rememberAbsence: true },
  );
  const colleagues = createRecentReads(
    oneByOne<readonly string[]>(async (tenantId, customerId) => {
      const found = await preferences.in(tenantId).list({ customerId, colleagues: true }, { limit: MAX_COLLEAGUES });
      return found.map(({ id }) => id);
    }),
    { staleMs: STALE_MS },
  );
  return {
    of: (tenantId, userId) => own.find(tenantId, userId),
    colleagues: async (tenantId, customerId) => (await colleagues.find(tenantId, customerId)) ?? [],
    forget: (tenantId, userId, customerId) => {
      own.forget(tenantId, userId);
      if (customerId !== undefined) colleagues.forget(tenantId, customerId);
    },
  };
};
