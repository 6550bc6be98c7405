import type { Entity } from '@riparo/shared/persistence/repository';

/**
 * What a notification is about; people switch mail and inbox on and off per category. SECURITY (registration decided,
 * passwords, sign-ins) cannot be switched off.
 */
export const CATEGORIES = [
  'SECURITY',
  'TICKETS',
  'REPAIRS',
  'REPLIES',
  'ASSIGNMENTS',
  'APPOINTMENTS',
  'PLANS',
  'REPORTS',
  'MESSAGES',
  'ANNOUNCEMENTS',
] as const;
export type Category = (typeof CATEGORIES)[number];
export const SWITCHABLE_CATEGORIES = [
  'TICKETS',
  'REPAIRS',
  'REPLIES',
  'ASSIGNMENTS',
  'APPOINTMENTS',
  'PLANS',
  'REPORTS',
  'MESSAGES',
  'ANNOUNCEMENTS',
] as const satisfies readonly Category[];
export type SwitchableCategory = (typeof SWITCHABLE_CATEGORIES)[number];
export const isSwitchable = (category: string): category is SwitchableCategory =>
  (SWITCHABLE_CATEGORIES as readonly string[]).includes(category);

export const DIGESTS = ['NONE', 'DAILY'] as const;
export type Digest = (typeof DIGESTS)[number];

export interface CategoryPreference {
  readonly email: boolean;
  readonly sms: boolean;
  readonly inApp: boolean;
}

/** Times of the wall clock, `HH:mm`; over midnight when `from` is later than `to`. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** What a person chose; what is not there is on. */
export interface Preferences {
  readonly categories: Readonly<Partial<Record<SwitchableCategory, CategoryPreference>>>;
  /** Also about the tickets that colleagues of the same customer opened. */
  readonly colleagues: boolean;
  /** When mails and text messages wait that are not urgent, on the centre's wall clock. */
  readonly quietHours?: QuietHours;
  /** DAILY: what can be switched off comes in one mail in the morning. Missing: NONE. */
  readonly digest?: Digest;
  /** The person has answered STOP to a text message. Kept under the number (`sms/stopped-numbers.ts`). */
  readonly smsStopped?: boolean;
  /** The answers that have counted for the number, the newest last: each counts once, whoever sends it again. */
  readonly smsAnswers?: readonly string[];
}

/** `id` is the user's, or for somebody without an account one made from the address (`addressId`). */
export interface PreferenceEntity extends Entity, Preferences {
  /** The user's customer, to find the colleagues who want to know. */
  readonly customerId?: string;
}

const ALL_ON: CategoryPreference = { email: true, sms: true, inApp: true };

export const categoryPreference = (preferences: Preferences | undefined, category: Category): CategoryPreference =>
  category === 'SECURITY' ? ALL_ON : (preferences?.categories[category] ?? ALL_ON);

export const effective = (preferences: Preferences | undefined): Preferences => ({
  categories: Object.fromEntries(SWITCHABLE_CATEGORIES.map((category) => [category, categoryPreference(preferences, category)])),
  colleagues: preferences?.colleagues ?? false,
  ...(preferences?.quietHours === undefined ? {} : { quietHours: preferences.quietHours }),
  digest: preferences?.digest ?? 'NONE',
});
