import type { Clock } from '@riparo/shared/runtime/clock';
import type { IdSource } from '@riparo/shared/runtime/ids';
import { stampOf } from '../conversation/stamp.js';
import { takeFromLeaver } from './decide-assignment.js';
import { isInWork } from './repair.js';
import type { Repairs } from './repair.repository.js';

/** Puts a leaver's repairs back into the queue. */
export type GiveBackRepairs = (tenantId: string, leaver: string) => Promise<void>;

const MAX_REPAIRS = 5_000;

export const createGiveBackRepairs =
  ({ repairs, clock, ids }: { readonly repairs: Repairs; readonly clock: Clock; readonly ids: IdSource }): GiveBackRepairs =>
  async (tenantId, leaver) => {
    const theirs = await repairs.in(tenantId).list({ holder: leaver, active: true }, { limit: MAX_REPAIRS });
    for (const { id } of theirs.filter(({ status }) => isInWork(status))) {
      const stamp = stampOf({ now: clock.now(), ids });
      await repairs.in(tenantId).update(id, (before) => takeFromLeaver(before, leaver, stamp));
    }
  };
