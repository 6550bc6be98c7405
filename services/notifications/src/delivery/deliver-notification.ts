import type { Repository } from '@riparo/shared/persistence/repository';
import type { Clock } from '@riparo/shared/runtime/clock';
import { isClaimedBy, recordAttempt, endRound, settledEvents, type AttemptResult } from '../notification/delivery-decisions.js';
import { expand, isGroup, type Channel, type Notification, type Target } from '../notification/notification.js';
import type { People } from './people.js';
import type { Claimed, Queue } from './queue.js';
import type { SendToRecipient } from './send-to-recipient.js';

export interface DeliverDeps {
  readonly notifications: Repository<Notification>;
  readonly queue: Pick<Queue, 'save'>;
  readonly people: Pick<People, 'expand'>;
  readonly send: SendToRecipient;
  readonly clock: Clock;
  /** For how long, in ms, every outcome prolongs a claim. */
  readonly claimForMs: number;
  /** For metrics. */
  readonly onOutcome: (channel: Channel, outcome: AttemptResult['kind']) => void;
}

/** `owner` is who claimed it. */
export type DeliverNotification = (claimed: Claimed, owner: string) => Promise<void>;

type Change = (state: Notification, now: Date) => Notification;

/** Whom the recipients that stand for several stand for now; saved together with the first outcome. */
const createExpansion = async (people: Pick<People, 'expand'>, tenantId: string, state: Notification) => {
  const expansions: (readonly [key: string, targets: readonly Target[]])[] = [];
  for (const { key, target, status } of state.recipients) {
    if (!isGroup(target) || status !== 'PENDING') continue;
    const targets = await people.expand(tenantId, target, state.channel);
    if (targets !== undefined) expansions.push([key, targets]);
  }
  return (latest: Notification): Notification => expansions.reduce((current, [key, targets]) => expand(current, key, targets), latest);
};

/**
 * Sends one notification to whoever is left of its recipients, one after another, and writes each outcome down before
 * the next: a crash repeats at most the one that was handed over and not yet written down.
 */
export const createDeliverNotification =
  ({ notifications, queue, people, send, clock, claimForMs, onOutcome }: DeliverDeps): DeliverNotification =>
  async ({ tenantId, notification }, owner) => {
    const expansion = await createExpansion(people, tenantId, notification);
    let stored: Notification | undefined = notification;
    const write = async (before: Notification, change: Change): Promise<Notification | undefined> => {
      const now = clock.now();
      const decide: Change = (latest, moment) => change(expansion(latest), moment);
      // The queue writes no events, and somebody waits for how this one ends.
      const saved = before.pickupNotice === undefined ? await queue.save(tenantId, before, decide(before, now), now) : undefined;
      if (saved !== undefined) return saved;
      // Somebody else changed it: the outcome is the truth all the same. What was saved after all is not recorded twice.
      return notifications.in(tenantId).update(before.id, (latest) => {
        const state = decide(latest, now);
        return { state, events: settledEvents(latest, state, now) };
      });
    };

    const waiting = expansion(notification).recipients.filter(({ status }) => status === 'PENDING');
    if (waiting.length === 0) await write(notification, (latest, now) => endRound(latest, owner, now));
    for (const [index, { key }] of waiting.entries()) {
      // Lost to somebody who took it over: that one goes on.
      if (stored === undefined || !isClaimedBy(stored, owner)) return;
      const current: Notification = expansion(stored);
      const recipient = current.recipients.find((candidate) => candidate.key === key && candidate.status === 'PENDING');
      if (recipient === undefined) continue;
      const outcome = await send(tenantId, current, recipient);
      onOutcome(current.channel, outcome.kind);
      const last = index === waiting.length - 1;
      stored = await write(stored, (latest, now) => {
        const recorded = recordAttempt(latest, owner, key, outcome, now, new Date(now.getTime() + claimForMs));
        return last ? endRound(recorded, owner, now) : recorded;
      });
    }
  };
