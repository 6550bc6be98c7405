import { unavailable } from '@riparo/shared/errors/common-errors';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { createKeyedQueue } from '@riparo/shared/concurrency/keyed-queue';
import type { Repository } from '@riparo/shared/persistence/repository';
import { emptyHoldings, type Holdings } from './holdings.js';

/**
 * Looks and decides against one version of a customer's holdings. `look` may read; when somebody else wrote the holdings in
 * between, it looks again, so what it read still holds when its decision is written.
 */
export type ChangeHoldings = (tenantId: string, customerId: string, look: (holdings: Holdings) => Promise<Holdings>) => Promise<Holdings>;

const MAX_LOST_RACES = 50;

export const createChangeHoldings = (holdings: Repository<Holdings>): ChangeHoldings => {
  // Commands of one process take turns at a customer's holdings; the version decides races between processes.
  const turns = createKeyedQueue();
  return (tenantId, customerId, look) =>
    turns.run(`${tenantId}\n${customerId}`, async () => {
      const ours = holdings.in(tenantId);
      for (let attempt = 0; attempt < MAX_LOST_RACES; attempt++) {
        const before = (await ours.find(customerId)) ?? (await ours.insert(emptyHoldings(customerId)));
        const after = await look(before);
        try {
          return (await ours.update(customerId, () => ({ state: after }), { ifMatch: before.version })) ?? after;
        } catch (error) {
          if (!isDomainError(error) || error.code !== 'STALE_VERSION') throw error;
        }
      }
      throw unavailable("The customer's list of devices and locations is being changed by too many at once; it", 1);
    });
};
