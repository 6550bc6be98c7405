import { isStaff } from '@riparo/shared/contracts/roles';
import { DomainError } from '@riparo/shared/errors/domain-error';
import type { LimitClass } from '@riparo/shared/http/reference/limit-class';
import type { Clock } from '@riparo/shared/runtime/clock';
import { HOUR_MS } from '@riparo/shared/time/units';
import type { Replicas } from '../replica/replicas.js';
import type { Notification } from './notification.js';

/** Messages per hour. A member of staff may write to so many in all, and so often to one recipient. */
export const PER_SENDER = 300;
export const PER_RECIPIENT = 100;
/** What somebody else than staff can cause to an address that nobody has confirmed: it may be a stranger's. */
export const PER_STRANGER = 60;

export const MESSAGE_LIMIT: LimitClass = {
  name: 'messages',
  code: 'TOO_MANY_MESSAGES',
  about: `Messages of the staff within an hour: ${PER_SENDER} of one person, ${PER_RECIPIENT} to one mailbox.`,
};

/**
 * Leave for messages to other people. The counts are in this process's memory, like the gateway's rate limits, and begin
 * anew with every hour of the clock: two instances let twice as many through.
 */
export interface MailPermits {
  /** For what a member of staff writes. Throws 429 with the time to wait; comes before anything is kept. */
  ask(cause: { readonly tenantId: string; readonly senderId: string; readonly to: readonly string[] }): void;
  /** For what an event tells an address that nobody has confirmed. When it is too much, the mail is left out, but not what it tells of. */
  mayTell(tenantId: string, notification: Notification, address: string): Promise<boolean>;
}

const tooManyMessages = (retryAfter: number): DomainError =>
  new DomainError('throttled', MESSAGE_LIMIT.code, `Too many messages within an hour. Try again in ${retryAfter} seconds.`, {
    retryAfter,
  });

/** `me+1@example.org` and `me+2@example.org` are one mailbox with most providers. */
const mailboxOf = (address: string): string => address.toLowerCase().replace(/\+[^@]*@/, '@');

interface Counted {
  readonly key: string;
  readonly times: number;
  readonly limit: number;
}

export const createHourlyCounts = (clock: Clock) => {
  const counts = new Map<string, number>();
  let hour = 0;
  /** Counts all of them, or none when one is at its limit; then the seconds until the next hour. */
  return (wanted: readonly Counted[]): number | undefined => {
    const now = clock.now().getTime();
    const current = Math.floor(now / HOUR_MS);
    if (current !== hour) counts.clear();
    hour = current;
    const of = (key: string): number => counts.get(key) ?? 0;
    if (wanted.some(({ key, times, limit }) => of(key) + times > limit)) return Math.ceil(((hour + 1) * HOUR_MS - now) / 1_000);
    for (const { key, times } of wanted) counts.set(key, of(key) + times);
    return undefined;
  };
};

export const createMailPermits = (users: Replicas['users'], clock: Clock): MailPermits => {
  const count = createHourlyCounts(clock);
  const sender = (tenantId: string, id: string, times: number): Counted => ({
    key: `sender ${tenantId} ${id}`,
    times,
    limit: PER_SENDER,
  });
  const recipient = (tenantId: string, address: string, limit = PER_RECIPIENT): Counted => ({
    key: `recipient ${tenantId} ${mailboxOf(address)}`,
    times: 1,
    limit,
  });
  return {
    ask: ({ tenantId, senderId, to }) => {
      const retryAfter = count([sender(tenantId, senderId, to.length), ...to.map((address) => recipient(tenantId, address))]);
      if (retryAfter !== undefined) throw tooManyMessages(retryAfter);
    },
    mayTell: async (tenantId, { cause }, address) => {
      // What auth writes and what people write was counted when it was asked for.
      if (cause === undefined) return true;
      const { byUserId } = cause;
      const actor = byUserId === undefined ? undefined : await users.find(tenantId, byUserId);
      const counted =
        actor !== undefined && isStaff(actor.role)
          ? [sender(tenantId, actor.id, 1), recipient(tenantId, address)]
          : [recipient(tenantId, address, PER_STRANGER)];
      return count(counted) === undefined;
    },
  };
};
