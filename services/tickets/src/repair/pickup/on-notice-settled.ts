import type { PickupNoticeSettledV1 } from '@riparo/shared/contracts/notifications.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { seededIds } from '@riparo/shared/runtime/ids';
import { stampOf, type Entry, type Stamp } from '../../conversation/stamp.js';
import { isFullFor } from '../../conversation/timeline.js';
import { applyChange } from '../apply-change.js';
import type { RepairDeps } from '../dependencies.js';
import type { RepairDecision, RepairState } from '../repair.js';

/** What once was sent stays sent; what failed may be sent later. */
const settle = (before: RepairState, { notice, result, at }: PickupNoticeSettledV1, stamp: Stamp): RepairDecision => {
  const { pickup } = before;
  const known = pickup?.notices.find((each) => each.notice === notice);
  if (pickup === undefined || known === undefined || known.result === result || known.result === 'SENT') return { state: before };
  const notices = pickup.notices.map((each) =>
    each === known ? { ...each, result, ...(result === 'SENT' ? { sentAt: new Date(at) } : {}) } : each,
  );
  const entry: Entry = { type: 'SYSTEM', body: `Reminder ${notice} did not reach the customer`, isInternal: true };
  const tells = result === 'FAILED' && !isFullFor(before.timeline, entry.body);
  return applyChange(before, { state: { pickup: { ...pickup, notices } }, entries: tells ? [entry] : [] }, stamp);
};

/** Keeps with a notice whether its mail reached anybody; the desk reads of one that did not. */
export const onNoticeSettled =
  ({ repairs }: Pick<RepairDeps, 'repairs'>): EventHandler<PickupNoticeSettledV1> =>
  async ({ id, tenantid, time, data }) => {
    const at = new Date(time);
    const stamp = stampOf({ now: at, ids: seededIds(`${tenantid}:${id}`, at) });
    await repairs.in(tenantid).update(data.repairId, (before) => settle(before, data, stamp));
  };
