import type { AppointmentType } from '@riparo/shared/contracts/enums';
import type { Span } from '../../kernel/working-time.js';

/** Where an on-site visit is. */
export interface Site {
  /** The location's id: two visits there need no travel between them. */
  readonly key: string;
  /** Unknown for many addresses; then only the buffers keep visits apart. */
  readonly point?: { readonly lat: number; readonly lng: number };
}

/** An appointment that keeps its technician busy from `from` to `to` (ms). */
export interface Booking extends Span {
  readonly id: string;
  readonly type: AppointmentType;
  readonly place?: Site;
}

/** What the engine has to know of one technician. */
export interface Diary {
  readonly technicianId: string;
  /** When they can be booked at all, inside the window that is asked for. */
  readonly open: readonly Span[];
  /**
   * What is booked, in any order: every visit of the local days that the window touches (the daily cap counts them), and
   * of the day on either side, since the way from a visit outside the window may reach into it.
   */
  readonly bookings: readonly Booking[];
}

/** The appointment that a time is looked for. */
export interface WantedSlot {
  readonly type: AppointmentType;
  readonly minutes: number;
  readonly place?: Site;
  /** The appointment that is being moved does not stand in its own way. */
  readonly movingId?: string;
}

export interface SlotRules {
  /** The tenant's: days begin and end, and the grid lies, on its wall clock. */
  readonly timeZone: string;
  /** Kept free before and after every on-site visit; between two of them both count. */
  readonly bufferMinutes: number;
  /** A slot begins this long after `now` at the earliest. */
  readonly noticeMinutes: number;
  /** Visits that one technician gets in one local day at most; 0: as many as fit. */
  readonly dailyCap: number;
  /** Slots begin at multiples of this after midnight. */
  readonly stepMinutes: number;
}

/** Minutes on the way from one place to another: a table that was made beforehand. 0 where nothing is known. */
export type Travel = (from: Site, to: Site) => number;

/** Why a time cannot be had; the first of these that applies. */
export const SLOT_REFUSALS = ['OUTSIDE_HOURS', 'TOO_SOON', 'TAKEN', 'DAY_FULL', 'NO_TIME_TO_TRAVEL'] as const;
export type SlotRefusal = (typeof SLOT_REFUSALS)[number];
