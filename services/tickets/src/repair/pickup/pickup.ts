import type { PickupTerms } from '@riparo/shared/contracts/centre-terms';
import type { Money } from '@riparo/shared/contracts/money';

/** How a customer was told that the device waits: by the system, or by somebody of the desk. */
export const DESK_CHANNELS = ['LETTER', 'CALL'] as const;
export const NOTICE_CHANNELS = ['EMAIL', ...DESK_CHANNELS] as const;

/** SKIPPED: its day came while the system was off, and a later notice took its place. */
export const NOTICE_RESULTS = ['SENT', 'FAILED', 'SKIPPED'] as const;

export interface PickupNotice {
  /** From 1; a letter or a call of the desk has none. */
  readonly notice?: number;
  readonly channel: (typeof NOTICE_CHANNELS)[number];
  readonly at: Date;
  /** Missing: not known yet. */
  readonly result?: (typeof NOTICE_RESULTS)[number];
  /** When a mail was handed over, which can be days after `at`. */
  readonly sentAt?: Date;
  readonly note?: string;
  readonly byUserId?: string;
}

/** What becomes of a device that nobody collects. */
export interface Pickup {
  /** As agreed at the intake; money is in the repair's currency. */
  readonly terms: PickupTerms;
  readonly notices: readonly PickupNotice[];
  /** Charged for storage so far, VAT included. */
  readonly storageFee?: Money;
  /** When the device begins to count as left behind; missing until the first look. */
  readonly leftBehindAt?: Date;
  /** When something is to be done next; missing: nothing, or nobody has looked yet. */
  readonly nextLookAt?: Date;
}

/** Somebody asked to give the device up; a second person has to agree. */
export interface Abandonment {
  readonly reason: string;
  readonly requestedByUserId: string;
  readonly requestedAt: Date;
}

/** The device was given up. */
export interface Abandoned extends Abandonment {
  readonly approvedByUserId: string;
  readonly at: Date;
}
