import type { Repository } from '@riparo/shared/persistence/repository';
import { createKeyedQueue } from '@riparo/shared/concurrency/keyed-queue';
import { emptyHoldings, type Holdings } from './holdings.js';

/**
 * Looks and decides against one version of a customer's holdings. `look` may read; when somebody else wrote the holdings in
 * between, it looks again, so what it read still holds when its decision is written.
 */
export type ChangeHoldings = (tenantId: string, customerId: string, look: (holdings: Holdings) => Promise<Holdings>) => Promise<Holdings>;

export const createChangeHoldings = (holdings: Repository<Holdings>): ChangeHoldings => {
  // Commands of one process take turns at a customer's holdings; the version decides races between processes.
  const turns = createKeyedQueue();
  return (tenantId, customerId, look) => {
    const ours = holdings.in(tenantId);
    const change = () =>
      ours.updateAfter(customerId, async (before, save) => {
        const after = await look(before);
        return save(() => ({ state: after }));
      });
    return turns.run(`${tenantId}\n${customerId}`, async () => {
      const changed = await change();
      if (changed !== undefined) return changed;
      const first = await ours.insert(emptyHoldings(customerId));
      return (await change()) ?? first;
    });
  };
};
