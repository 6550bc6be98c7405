import type { Clock } from '@riparo/shared/runtime/clock';
import type { IdSource } from '@riparo/shared/runtime/ids';
import { recountDueTimes } from '../decide-edit.js';
import type { TicketDeps } from '../dependencies.js';
import { planPolicyOf } from './plan-policy.js';
import { stampOf } from '../../conversation/stamp.js';
import type { TicketState } from '../ticket.js';

interface Deps extends Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf'> {
  readonly clock: Clock;
  readonly ids: IdSource;
}

export type RecountDueTimes = (tenantId: string, ticket: Pick<TicketState, 'id' | 'assetId'>) => Promise<void>;

/**
 * Recounts the due times of an open ticket after a change of the calendar or of its device's plan. A ticket whose due
 * times stay the same is not written, so that the step can be repeated after a crash.
 */
export const createRecountDueTimes = (deps: Deps): RecountDueTimes => {
  const { tickets, replicas, rulesOf, clock, ids } = deps;
  return async (tenantId, { id, assetId }) => {
    const now = clock.now();
    const asset = assetId === undefined ? undefined : await replicas.assets.find(tenantId, assetId);
    const [policy, rules] = [await planPolicyOf(deps, tenantId, asset?.servicePlanId, now), await rulesOf(tenantId)];
    const stamp = stampOf({ now, ids });
    await tickets.in(tenantId).update(id, (before) => recountDueTimes(before, policy, stamp, rules));
  };
};

/** No device has more open tickets. */
const MAX_OF_ASSET = 1_000;

/** Recounts the open tickets of one device; they are few enough to be done while the event is handled. */
export const recountOfAsset = async (
  tickets: TicketDeps['tickets'],
  recountDueTimes: RecountDueTimes,
  tenantId: string,
  assetId: string,
): Promise<void> => {
  const open = await tickets.in(tenantId).list({ assetId, active: true }, { sort: { createdAt: 1, id: 1 }, limit: MAX_OF_ASSET });
  for (const ticket of open) await recountDueTimes(tenantId, ticket);
};
