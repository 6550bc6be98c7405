import { unavailable } from '@riparo/shared/errors/common-errors';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { createKeyedQueue } from '@riparo/shared/persistence/keyed-queue';
import type { Repository } from '@riparo/shared/persistence/repository';
import { emptyEstate, type Estate } from './estate.js';

/**
 * Looks and decides against one version of a customer's estate. `look` may read; when somebody else wrote the estate in
 * between, it looks again, so what it read still holds when its decision is written.
 */
export type ChangeEstate = (tenantId: string, customerId: string, look: (estate: Estate) => Promise<Estate>) => Promise<Estate>;

const MAX_LOST_RACES = 50;

export const createChangeEstate = (estates: Repository<Estate>): ChangeEstate => {
  // Commands of one process take turns at a customer's estate; the version settles races between processes.
  const turns = createKeyedQueue();
  return (tenantId, customerId, look) =>
    turns.run(`${tenantId}\n${customerId}`, async () => {
      const ours = estates.in(tenantId);
      for (let attempt = 0; attempt < MAX_LOST_RACES; attempt++) {
        const before = (await ours.find(customerId)) ?? (await ours.insert(emptyEstate(customerId)));
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
