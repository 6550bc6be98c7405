import type { Clock } from '@riparo/shared/runtime/clock';
import type { Later } from '../delivery/letters.js';
import type { Chosen } from '../preference/chosen.js';
import type { Collect } from './collect.js';
import { momentOf } from './right-moment.js';

interface Deps {
  readonly chosen: Pick<Chosen, 'of'>;
  readonly timeZoneOf: (tenantId: string) => Promise<string>;
  readonly collect: Collect;
  readonly clock: Clock;
  readonly holdMs: number;
  /** A letter is due now. */
  readonly wake: () => void;
}

export const createLater =
  ({ chosen, timeZoneOf, collect, clock, holdMs, wake }: Deps): Later =>
  async (tenantId, notification, target, { choiceId, hasAccount }) => {
    const [preferences, timeZone] = await Promise.all([hasAccount ? chosen.of(tenantId, choiceId) : undefined, timeZoneOf(tenantId)]);
    const moment = momentOf({ notification, choiceId, preferences, timeZone, now: clock.now(), holdMs });
    if (moment.kind === 'now') return undefined;
    const letterId = await collect(tenantId, { notification, target, choiceId }, moment);
    if (letterId !== undefined && moment.kind === 'with-open') wake();
    return letterId;
  };
