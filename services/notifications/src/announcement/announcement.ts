import type { Role } from '@riparo/shared/contracts/roles';
import type { Draft, Entity } from '@riparo/shared/persistence/repository';
import type { Channel } from '../notification/notification.js';
import type { Locale } from '../template/template.js';
import { announcementNotCancellable } from './announcement.errors.js';

/** ALL: customers and everybody of the staff. */
export const AUDIENCES = ['CUSTOMERS', 'TECHNICIANS', 'ALL'] as const;
export type Audience = (typeof AUDIENCES)[number];

const CUSTOMER_ROLES = ['CUSTOMER_USER', 'CUSTOMER_ADMIN'] as const satisfies readonly Role[];
const TECHNICIAN_ROLES = ['TECH', 'ENGINEER'] as const satisfies readonly Role[];

/** Whose accounts an audience has. */
export const ROLES_OF: Readonly<Record<Audience, readonly Role[]>> = {
  CUSTOMERS: CUSTOMER_ROLES,
  TECHNICIANS: TECHNICIAN_ROLES,
  ALL: [...CUSTOMER_ROLES, ...TECHNICIAN_ROLES, 'AGENT', 'ADMIN', 'SUPER_ADMIN'],
};

/** Whoever is reached meets all of it. */
export interface AudienceFilter {
  /** People of these customers, and these customers where nobody has an account. */
  readonly customerIds?: readonly string[];
  readonly userIds?: readonly string[];
  /** Of the customer, however they are written. */
  readonly cities?: readonly string[];
  /** The language in which they are written to. */
  readonly locales?: readonly Locale[];
  readonly roles?: readonly Role[];
}

/** What is said, and to whom. */
export interface AnnouncementInput {
  readonly audience: Audience;
  readonly filter?: AudienceFilter;
  readonly subject: string;
  readonly body: string;
  readonly channels: readonly Channel[];
  readonly sendAt?: Date;
}

/** SENDING: the audience is gone through. SENT: everybody in it has a notification, and delivery does the rest. */
export const ANNOUNCEMENT_STATUSES = ['SCHEDULED', 'SENDING', 'SENT', 'CANCELLED'] as const;
export type AnnouncementStatus = (typeof ANNOUNCEMENT_STATUSES)[number];

/** How far the audience is gone through: accounts role by role, then customers without an account, each in the order of the ids. */
export interface Progress {
  readonly stage: number;
  /** The last id that was gone through. */
  readonly after?: string;
}

export interface Announcement extends Entity, Omit<AnnouncementInput, 'sendAt'> {
  readonly sendAt: Date;
  readonly status: AnnouncementStatus;
  readonly createdByUserId: string;
  /** While there is something left to do. */
  readonly dueAt?: Date;
  readonly progress?: Progress;
  readonly startedAt?: Date;
  readonly sentAt?: Date;
  readonly cancelledAt?: Date;
}

export const announce = (id: string, input: AnnouncementInput, createdByUserId: string, now: Date): Draft<Announcement> => {
  const sendAt = input.sendAt !== undefined && input.sendAt > now ? input.sendAt : now;
  return { ...input, id, sendAt, dueAt: sendAt, status: 'SCHEDULED', createdByUserId };
};

export const begin = (state: Announcement, now: Date): Announcement =>
  state.status === 'SCHEDULED' && state.sendAt <= now ? { ...state, status: 'SENDING', startedAt: now, progress: { stage: 0 } } : state;

const isSame = (one: Progress | undefined, other: Progress): boolean => one?.stage === other.stage && one.after === other.after;

/** `to`: where to go on; missing: the audience is gone through. Nothing changes when somebody else has gone on already. */
export const goOn = (state: Announcement, from: Progress, to: Progress | undefined, now: Date): Announcement => {
  if (state.status !== 'SENDING' || !isSame(state.progress, from)) return state;
  return to === undefined ? { ...state, status: 'SENT', sentAt: now, progress: undefined, dueAt: undefined } : { ...state, progress: to };
};

export const cancel = (state: Announcement, now: Date): Announcement => {
  if (state.status !== 'SCHEDULED') throw announcementNotCancellable(state.status);
  return { ...state, status: 'CANCELLED', cancelledAt: now, dueAt: undefined };
};
