import type { Draft, Entity } from '@riparo/shared/persistence/repository';
import type { Category } from '../preference/preference.js';
import type { DeliveryReport } from './delivery-report.js';
import { notificationNotCancellable, notificationNotRetryable, notificationTextGone } from './notification.errors.js';

export const CHANNELS = ['EMAIL', 'SMS', 'IN_APP'] as const;
export type Channel = (typeof CHANNELS)[number];

export const NOTIFICATION_STATUSES = ['PENDING', 'SENDING', 'SENT', 'FAILED', 'CANCELLED'] as const;
export type NotificationStatus = (typeof NOTIFICATION_STATUSES)[number];

/**
 * Whom a notification is for. Addresses are looked up when it is sent, not when it is raised: the person's data may
 * still be on its way to this service, and an address may change meanwhile.
 */
export type Target =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'email'; readonly email: string }
  | { readonly kind: 'phone'; readonly phone: string }
  /**
   * The customer's side: the author and the colleagues who want it, without an author the account holders; becomes users
   * or an address when sent. With `ticketId` the authors of what is merged into that ticket are told as well.
   * `exceptUserId`: did it, and knows.
   */
  | {
      readonly kind: 'customer';
      readonly customerId: string;
      readonly authorUserId?: string;
      readonly ticketId?: string;
      readonly exceptUserId?: string;
    }
  /**
   * The acceptance desk: every AGENT, or where there is none the ADMINs; becomes users when sent. `standsInFor`: this member of
   * staff alone, and the desk only when that account can no longer act.
   */
  | { readonly kind: 'desk'; readonly exceptUserId?: string; readonly standsInFor?: string };

/** Those that become others when they are sent. */
export type GroupTarget = Extract<Target, { kind: 'customer' | 'desk' }>;

export const isGroup = (target: Target): target is GroupTarget => target.kind === 'customer' || target.kind === 'desk';

/** SKIPPED: the person was removed or does not want this category. */
export const RECIPIENT_STATUSES = ['PENDING', 'SENT', 'FAILED', 'SKIPPED'] as const;
export type RecipientStatus = (typeof RECIPIENT_STATUSES)[number];

export interface Recipient {
  /** Unique within the notification and for ever the same; part of the mail's Message-ID. */
  readonly key: string;
  readonly target: Target;
  readonly status: RecipientStatus;
  /** Tries so far. */
  readonly attempts: number;
  /** Where it went. */
  readonly address?: string;
  readonly lastError?: string;
  readonly sentAt?: Date;
  /** The notification whose mail brings this one, together with others. */
  readonly collectedIn?: string;
  /** Of a text message that was handed over. */
  readonly report?: DeliveryReport;
}

/** Another notification that a letter brings. `key`: that one for this person. */
export interface Part {
  readonly key: string;
  readonly notificationId: string;
}

export type Content =
  | { readonly kind: 'plain'; readonly subject?: string; readonly body: string }
  | { readonly kind: 'template'; readonly key: string; readonly data: Readonly<Record<string, unknown>> }
  /** A letter. */
  | { readonly kind: 'collected'; readonly parts: readonly Part[] };

/** Who is sending it at the moment. */
export interface Claim {
  readonly owner: string;
}

/** A notice about a device that nobody collects. */
export interface PickupNoticeRef {
  readonly repairId: string;
  /** From 1. */
  readonly notice: number;
}

/**
 * What is taken first when more is due than can be sent at once: 1 what somebody needs to sign in, 2 what tells of one thing,
 * 3 what is announced to many. Notifications of earlier versions have none and count as 2.
 */
export const RANKS = [1, 2, 3] as const;
export type Rank = (typeof RANKS)[number];

export const rankOf = (category: Category): Rank => (category === 'SECURITY' ? 1 : category === 'ANNOUNCEMENTS' ? 3 : 2);

/** The announcement that a notification brings to one person: a user, or a customer where nobody has an account. */
export interface AnnouncementRef {
  readonly id: string;
  readonly userId?: string;
  readonly customerId?: string;
}

/** The event that a notification was made from. `byUserId`: whose doing it was; missing where it was nobody's, or is not known. */
export interface Cause {
  readonly eventId: string;
  readonly type: string;
  readonly byUserId?: string;
}

export interface Notification extends Entity {
  readonly channel: Channel;
  readonly category: Category;
  /** Missing in those of earlier versions. */
  readonly rank?: Rank;
  readonly content: Content;
  /** `undefined`: each recipient's own. */
  readonly locale?: string;
  readonly recipients: readonly Recipient[];
  readonly status: NotificationStatus;
  /** Rounds of sending so far. */
  readonly attempts: number;
  /** When it is due; while it is being sent: when somebody else may take it over. Absent once nothing is left to do. */
  readonly nextAttemptAt?: Date;
  readonly claim?: Claim;
  readonly lastError?: string;
  readonly sentAt?: Date;
  /** One notification per key, whoever asks how often. */
  readonly dedupeKey?: string;
  /** The event it was made from. */
  readonly cause?: Cause;
  /** Who raised it through the API. */
  readonly raisedByUserId?: string;
  /** The notice that it is of: tickets is told whether it reached anybody. */
  readonly pickupNotice?: PickupNoticeRef;
  readonly announcement?: AnnouncementRef;
  /** Of a letter that others may still join: what it collects, for whom. There is one under each key. */
  readonly openKey?: string;
  /** Also put into the inbox of recipients who are users (what is made from events). */
  readonly inbox: boolean;
}

export interface Raise {
  readonly id: string;
  readonly channel: Channel;
  readonly category: Category;
  readonly content: Content;
  readonly targets: readonly Target[];
  readonly at: Date;
  readonly locale?: string;
  readonly sendAt?: Date;
  readonly dedupeKey?: string;
  readonly cause?: Cause;
  readonly raisedByUserId?: string;
  readonly pickupNotice?: PickupNoticeRef;
  readonly announcement?: AnnouncementRef;
  readonly inbox?: boolean;
}

/** The same address under two spellings or twice in one list gets one message. */
export const targetKey = (target: Target): string => {
  switch (target.kind) {
    case 'user':
      return `user:${target.userId}`;
    case 'email':
      return `email:${target.email.toLowerCase()}`;
    case 'phone':
      return `phone:${target.phone.replace(/[^\d+]/g, '')}`;
    case 'customer':
      return `customer:${target.customerId}`;
    case 'desk':
      return 'desk';
  }
};

const toRecipients = (targets: readonly Target[], existing: readonly Recipient[] = []): readonly Recipient[] => {
  const taken = new Set(existing.map(({ target }) => targetKey(target)));
  const fresh = targets.filter((target) => !taken.has(targetKey(target)) && taken.add(targetKey(target)));
  const highest = existing.reduce((most, { key }) => Math.max(most, Number(key)), 0);
  return fresh.map((target, index) => ({ key: String(highest + index + 1), target, status: 'PENDING', attempts: 0 }));
};

export const raise = ({ targets, at, sendAt, content, ...rest }: Raise): Draft<Notification> => ({
  ...rest,
  rank: rankOf(rest.category),
  content,
  inbox: rest.inbox ?? false,
  recipients: toRecipients(targets),
  status: 'PENDING',
  attempts: 0,
  nextAttemptAt: sendAt !== undefined && sendAt > at ? sendAt : at,
});

/** Replaces a recipient that stands for several by those it stands for; those that are listed anyway are not doubled. */
export const expand = (state: Notification, key: string, targets: readonly Target[]): Notification => {
  const rest = state.recipients.filter((recipient) => recipient.key !== key);
  // The replaced recipient's key must not come again: it counts among the existing ones.
  const fresh = toRecipients(targets, state.recipients);
  return { ...state, recipients: [...rest, ...fresh] };
};

export const hasWorkLeft = (recipients: readonly Recipient[]): boolean => recipients.some(({ status }) => status === 'PENDING');

/**
 * What nothing is left to do for keeps nothing that nobody may read later, such as a link to reset a password: mails about
 * accounts lose their text once they are sent, have failed for good or are cancelled.
 */
export const withoutSecrets = (state: Notification): Notification => {
  const { category, content } = state;
  if (category !== 'SECURITY') return state;
  if (content.kind === 'collected') return state;
  return { ...state, content: content.kind === 'template' ? { ...content, data: {} } : { ...content, body: '' } };
};

/** Mails that auth has written itself may hold a link that lets its reader in; those from templates never do. */
export const holdsLink = ({ category, content }: Notification): boolean => category === 'SECURITY' && content.kind === 'plain';

/** Tries the failed recipients again, from the first pause on; those that have it already are left alone. */
export const retry = (state: Notification, now: Date): Notification => {
  if (state.status !== 'FAILED') throw notificationNotRetryable(state.status);
  if (holdsLink(state)) throw notificationTextGone();
  const recipients = state.recipients.map((recipient) =>
    recipient.status === 'FAILED'
      ? { ...recipient, status: 'PENDING' as const, attempts: 0, lastError: undefined, report: undefined }
      : recipient,
  );
  return { ...state, recipients, status: 'PENDING', nextAttemptAt: now };
};

export const cancel = (state: Notification): Notification => {
  if (state.status !== 'PENDING') throw notificationNotCancellable(state.status);
  return withoutSecrets({ ...state, status: 'CANCELLED', nextAttemptAt: undefined, openKey: undefined });
};
