import type { Clock } from '@riparo/shared/runtime/clock';
import type { Person } from '../delivery/people.js';
import type { Notification, Target } from '../notification/notification.js';
import type { Chosen } from '../preference/chosen.js';
import type { Collect } from './collect.js';
import { momentOf } from './right-moment.js';

/** Puts a message that is to wait into a letter, and answers the letter's id; `undefined` for what goes out now and alone. */
export type Later = (tenantId: string, notification: Notification, target: Target, person: Person) => Promise<string | undefined>;

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
