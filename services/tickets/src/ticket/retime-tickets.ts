import type { Clock } from '@riparo/shared/runtime/clock';
import type { IdSource } from '@riparo/shared/runtime/ids';
import { retime } from './decide-edit.js';
import type { TicketDeps } from './deps.js';
import { planPolicyOf } from './plan-policy.js';
import { stampOf } from './record.js';
import type { TicketState } from './ticket.js';

interface Deps extends Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf'> {
  readonly clock: Clock;
  readonly ids: IdSource;
}

export type RetimeTickets = (tenantId: string, which?: { readonly assetId: string }) => Promise<void>;

const BATCH = 200;

/**
 * Counts the due times of open tickets anew: of all when the calendar has changed, of a device's when its plan has.
 * Tickets for which nothing changes are not written, so that it can run again after a crash.
 */
export const createRetimeTickets = (deps: Deps): RetimeTickets => {
  const { tickets, replicas, rulesOf, clock, ids } = deps;
  const retimeOne = async (tenantId: string, { id, assetId }: TicketState): Promise<void> => {
    const now = clock.now();
    const asset = assetId === undefined ? undefined : await replicas.assets.find(tenantId, assetId);
    const [policy, rules] = [await planPolicyOf(deps, tenantId, asset?.servicePlanId, now), await rulesOf(tenantId)];
    const stamp = stampOf({ now, ids });
    await tickets.in(tenantId).update(id, (before) => retime(before, policy, stamp, rules));
  };
  return async (tenantId, which) => {
    for (let after = ''; ;) {
      const batch = await tickets.in(tenantId).list({ active: true, ...which, id: { $gt: after } }, { sort: { id: 1 }, limit: BATCH });
      for (const ticket of batch) await retimeOne(tenantId, ticket);
      const last = batch.at(-1);
      if (last === undefined || batch.length < BATCH) return;
      after = last.id;
    }
  };
};
