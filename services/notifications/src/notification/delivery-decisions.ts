import type { DomainEvent } from '@riparo/shared/contracts/event';
import { PickupNoticeSettled } from '@riparo/shared/contracts/notifications.events';
import { hasWorkLeft, holdsLink, withoutSecrets, type Notification, type Recipient } from './notification.js';

/** How the attempt at one recipient ended. */
export type AttemptResult =
  | { readonly kind: 'sent'; readonly address: string }
  /** It goes out in the mail of another notification. */
  | { readonly kind: 'collected'; readonly address: string; readonly collectedIn: string }
  /** A further attempt would fail too. */
  | { readonly kind: 'failed'; readonly error: string; readonly address?: string }
  | { readonly kind: 'skipped'; readonly error: string }
  /** A fault that may pass, such as a mail server that is away. */
  | { readonly kind: 'retry'; readonly error: string; readonly address?: string };

/**
 * Pauses between two attempts, in seconds. Most faults pass in seconds, so the first pauses are short: 10 s, 30 s, 1
 * min, 5 min … 10 hours. The 11 pauses make 23 h 52 min: the 12th and last attempt is about a day after the first.
 */
export const RETRY_PAUSES_S: readonly number[] = [10, 30, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 36_000];

/** Time to look up the recipients and to record the results, on a busy machine. */
const MARGIN_MS = 10_000;

/** A claim lasts longer than any single hand-over may take. A sender that has recorded nothing for this long is taken for dead. */
export const claimMs = (longestHandOver: number): number => longestHandOver + MARGIN_MS;

export const isClaimedBy = (state: Notification, owner: string): boolean => state.status === 'SENDING' && state.claim?.owner === owner;

const applied = (recipient: Recipient, outcome: AttemptResult, now: Date): Recipient => {
  const attempts = recipient.attempts + 1;
  switch (outcome.kind) {
    case 'sent':
      // The provider's report may have been faster than we were.
      if (recipient.report === 'UNDELIVERED') return { ...recipient, attempts, status: 'FAILED', address: outcome.address };
      return { ...recipient, attempts, status: 'SENT', address: outcome.address, sentAt: now, lastError: undefined };
    case 'collected': {
      const { address, collectedIn } = outcome;
      return { ...recipient, attempts, status: 'SENT', address, collectedIn, sentAt: now, lastError: undefined };
    }
    case 'failed':
      return { ...recipient, attempts, status: 'FAILED', lastError: outcome.error, address: outcome.address };
    case 'skipped':
      return { ...recipient, attempts, status: 'SKIPPED', lastError: outcome.error };
    case 'retry': {
      const last = attempts > RETRY_PAUSES_S.length;
      const lastError = last ? `gave up after ${attempts} tries: ${outcome.error}` : outcome.error;
      return { ...recipient, attempts, status: last ? 'FAILED' : 'PENDING', lastError, address: outcome.address };
    }
  }
};

/**
 * Records the result of one recipient. The result is true even when the sender has lost its claim meanwhile. Only the
 * holder of the claim prolongs it, until `claimedUntil`.
 */
export const recordAttempt = (
  state: Notification,
  owner: string,
  key: string,
  outcome: AttemptResult,
  now: Date,
  claimedUntil: Date,
): Notification => {
  const recipients = state.recipients.map((recipient) =>
    recipient.key === key && recipient.status === 'PENDING' ? applied(recipient, outcome, now) : recipient,
  );
  return isClaimedBy(state, owner) ? { ...state, recipients, nextAttemptAt: claimedUntil } : { ...state, recipients };
};

/** Tells tickets how the mail about a device that nobody collects ended, with the write that ends it. */
export const settledEvents = ({ status: from }: Notification, after: Notification, now: Date): readonly DomainEvent[] => {
  const { pickupNotice, status, recipients } = after;
  if (pickupNotice === undefined || status === from || status === 'PENDING' || status === 'SENDING') return [];
  const result = recipients.some((recipient) => recipient.status === 'SENT') ? 'SENT' : 'FAILED';
  return [PickupNoticeSettled.with({ ...pickupNotice, result, at: now.toISOString() })];
};

const lastErrorOf = (recipients: readonly Recipient[]): string | undefined =>
  recipients.findLast(({ lastError }) => lastError !== undefined)?.lastError;

const finish = (state: Notification, now: Date): Notification => {
  const ended = { ...state, claim: undefined, nextAttemptAt: undefined, lastError: lastErrorOf(state.recipients) };
  if (state.recipients.some(({ status }) => status === 'FAILED')) {
    const failed: Notification = { ...ended, status: 'FAILED' };
    return holdsLink(failed) ? withoutSecrets(failed) : failed;
  }
  if (state.recipients.some(({ status }) => status === 'SENT'))
    return withoutSecrets({ ...ended, status: 'SENT', sentAt: now, lastError: undefined });
  return withoutSecrets({ ...ended, status: 'CANCELLED', lastError: ended.lastError ?? 'nobody to send it to' });
};

/** Ends a round. The notification is done, or due again after a pause that grows with the number of attempts. */
export const endRound = (state: Notification, owner: string, now: Date): Notification => {
  if (!isClaimedBy(state, owner)) return state;
  if (!hasWorkLeft(state.recipients)) return finish(state, now);
  const tries = state.recipients.filter(({ status }) => status === 'PENDING').map(({ attempts }) => attempts);
  const pause = RETRY_PAUSES_S[Math.max(1, ...tries) - 1] ?? RETRY_PAUSES_S.at(-1) ?? 0;
  const nextAttemptAt = new Date(now.getTime() + pause * 1_000);
  return { ...state, status: 'PENDING', claim: undefined, nextAttemptAt, lastError: lastErrorOf(state.recipients) };
};
