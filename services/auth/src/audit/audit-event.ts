import type { Caller } from '@riparo/shared/contracts/caller';
import type { Draft, Entity } from '@riparo/shared/persistence/repository';

export const AUDIT_TYPES = [
  'LOGIN_SUCCEEDED',
  'LOGIN_FAILED',
  'LOGIN_REFUSED',
  'LOGGED_OUT',
  'LOGGED_OUT_EVERYWHERE',
  'REFRESH_TOKEN_REUSED',
  'REGISTERED',
  'REGISTRATION_APPROVED',
  'REGISTRATION_REJECTED',
  'USER_INVITED',
  'INVITATION_ACCEPTED',
  'USER_CHANGED',
  'USER_REMOVED',
  'PASSWORD_CHANGED',
  'PASSWORD_CHANGE_FAILED',
  'PASSWORD_RESET_REQUESTED',
  'PASSWORD_RESET',
  'EMAIL_VERIFIED',
  'APPROVAL_GIVEN',
  'APPROVAL_FAILED',
  'CUSTOMER_CHANGED',
  'CUSTOMER_CLOSED',
  'SETTINGS_CHANGED',
] as const;
export type AuditType = (typeof AUDIT_TYPES)[number];

/** What somebody did, or tried, that matters to security. */
export interface AuditEntry {
  readonly type: AuditType;
  /** Who did it; absent when nobody was signed in. */
  readonly actorUserId?: string;
  /** Whom it was done to. */
  readonly subjectUserId?: string;
  /** The customer it was done to. */
  readonly subjectCustomerId?: string;
  /** As it was sent, where it belongs to no account. */
  readonly email?: string;
  readonly ip?: string;
  readonly userAgent?: string;
  /** Old and new role, the reason of a rejection, the names of changed fields: never a secret, and no personal data. */
  readonly details?: Readonly<Record<string, string>>;
}

/** Entries are written once and never changed. */
export interface AuditEvent extends Entity, AuditEntry {
  readonly at: Date;
  /** The user or customer, to search by. */
  readonly subject?: string;
}

export const newAuditEvent = (id: string, at: Date, entry: AuditEntry): Draft<AuditEvent> => {
  const subject = entry.subjectUserId ?? entry.subjectCustomerId;
  return { id, at, ...entry, ...(subject === undefined ? {} : { subject }) };
};

/** Which fields of `after` are not as in `before`, as an entry's `details` tell it: by name, never by value. */
export const changedFields = (before: object, after: object): Readonly<Record<string, string>> => {
  const [was, is] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return { fields: names.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name])).join(', ') };
};

/** The circumstances that every use case has at hand. */
export interface Circumstances {
  readonly caller?: Caller | undefined;
  readonly now: Date;
  readonly ip: string;
  readonly userAgent?: string | undefined;
}

export const entryOf = ({ caller, ip, userAgent }: Circumstances, entry: AuditEntry): AuditEntry => ({
  ...(caller === undefined ? {} : { actorUserId: caller.userId }),
  ip,
  ...(userAgent === undefined ? {} : { userAgent }),
  ...entry,
});
