import type { Repository } from '@riparo/shared/persistence/repository';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { IdSource } from '@riparo/shared/runtime/ids';
import { PermanentDeliveryError, type ChannelPort, type Message } from '../channel/channel.js';
import type { InboxItem } from '../inbox/inbox.js';
import { putIntoInbox } from '../inbox/put-into-inbox.js';
import { claim, isClaimedBy, record, settle, type Outcome } from '../notification/delivery-decisions.js';
import { expand, type Channel, type Notification, type Recipient } from '../notification/notification.js';
import type { Compose } from './compose.js';
import type { People, Person } from './people.js';
import type { Due } from './queue.js';

export interface DeliverDeps {
  readonly notifications: Repository<Notification>;
  readonly inbox: Repository<InboxItem>;
  readonly people: People;
  readonly compose: Compose;
  readonly channels: Readonly<Record<Channel, ChannelPort>>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly instance: string;
  /** For metrics. */
  readonly onOutcome: (channel: Channel, outcome: Outcome['kind']) => void;
}

export type DeliverNotification = (due: Due) => Promise<void>;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);

/**
 * Sends one notification to whoever is left of its recipients, one after another, and writes each outcome down before
 * the next: a crash repeats at most the one that was handed over and not yet written down.
 */
export const createDeliverNotification = (deps: DeliverDeps): DeliverNotification => {
  const { notifications, people, clock, ids, instance, onOutcome } = deps;
  const send = createSend(deps);
  return async ({ tenantId, id }) => {
    const owner = `${instance}#${ids.next()}`;
    const change = async (decide: (state: Notification, now: Date) => Notification): Promise<Notification | undefined> => {
      const now = clock.now();
      return notifications.in(tenantId).update(id, (state) => ({ state: decide(state, now) }));
    };
    const expandAll = async (state: Notification): Promise<Notification> => {
      let current: Notification | undefined = state;
      for (const { key, target, status } of state.recipients) {
        if (target.kind !== 'customer' || status !== 'PENDING') continue;
        const targets = await people.expand(tenantId, target);
        if (targets !== undefined) current = await change((latest) => expand(latest, key, targets));
      }
      return current ?? state;
    };

    const claimed = await change((state, now) => claim(state, owner, now));
    if (claimed === undefined || !isClaimedBy(claimed, owner)) return;
    let state: Notification | undefined = await expandAll(claimed);
    const waiting = state.recipients.filter(({ status }) => status === 'PENDING');
    if (waiting.length === 0) await change((latest, now) => settle(latest, owner, now));
    for (const [index, { key }] of waiting.entries()) {
      const recipient: Recipient | undefined = state?.recipients.find(
        (candidate) => candidate.key === key && candidate.status === 'PENDING',
      );
      // Lost to somebody who took it over: that one goes on.
      if (state === undefined || recipient === undefined || !isClaimedBy(state, owner)) return;
      const outcome = await send(tenantId, state, recipient);
      onOutcome(state.channel, outcome.kind);
      const last = index === waiting.length - 1;
      state = await change((latest, now) => {
        const recorded = record(latest, owner, key, outcome, now);
        return last ? settle(recorded, owner, now) : recorded;
      });
    }
  };
};

const createSend = ({ people, compose, channels, inbox }: DeliverDeps) => {
  const handOver = async (tenantId: string, notification: Notification, { key }: Recipient, person: Person): Promise<Outcome> => {
    const { address, name } = person;
    try {
      const composed = await compose(tenantId, notification, person);
      const message: Message = {
        ...composed,
        tenantId,
        notificationId: notification.id,
        recipientKey: key,
        address,
        name,
        at: notification.createdAt,
      };
      if (person.inboxUserId !== undefined) await putIntoInbox(inbox, person.inboxUserId, message);
      if (person.send) await channels[notification.channel].send(message);
      return { kind: 'sent', address: person.send ? address : (person.inboxUserId ?? address) };
    } catch (error) {
      const kind = error instanceof PermanentDeliveryError ? 'failed' : 'retry';
      return { kind, error: reasonOf(error), address };
    }
  };
  return async (tenantId: string, notification: Notification, recipient: Recipient): Promise<Outcome> => {
    const resolution = await people.resolve(tenantId, notification, recipient.target);
    switch (resolution.kind) {
      case 'person':
        return handOver(tenantId, notification, recipient, resolution);
      case 'unknown':
        return { kind: 'retry', error: resolution.reason };
      case 'unreachable':
        return { kind: 'failed', error: resolution.reason };
      case 'unwanted':
        return { kind: 'skipped', error: resolution.reason };
    }
  };
};
