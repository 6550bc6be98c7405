import type { AppointmentType } from '@riparo/shared/contracts/enums';
import type { Span } from '../../kernel/working-time.js';

/** The address of an on-site visit. */
export interface Site {
  /** The location's id. Two visits at one location need no journey between them. */
  readonly key: string;
  /** Coordinates; unknown for many addresses. Without them only the buffers keep visits apart. */
  readonly point?: { readonly lat: number; readonly lng: number };
}

/** An appointment in a diary. It keeps its technician busy from `from` to `to` (ms). */
export interface Booking extends Span {
  readonly id: string;
  readonly type: AppointmentType;
  readonly place?: Site;
}

/** All facts about one technician that the engine needs. */
export interface Diary {
  readonly technicianId: string;
  /** Times inside the window at which the technician can be booked at all. */
  readonly open: readonly Span[];
  /**
   * Bookings in any order: all of the local days that the window touches, because the daily cap counts them, and of one
   * day on either side, because the journey from a visit outside the window may reach into it.
   */
  readonly bookings: readonly Booking[];
}

/** The appointment for which a time is searched. */
export interface WantedSlot {
  readonly type: AppointmentType;
  readonly minutes: number;
  readonly place?: Site;
  /** The id of the appointment that is being moved: its own old time counts as free. */
  readonly movingId?: string;
}

export interface SlotRules {
  /** The tenant's time zone. Days begin and end on its wall clock, and the grid of slots lies on it. */
  readonly timeZone: string;
  /** Kept free before and after every on-site visit. Between two visits both buffers count: with 30 minutes, an hour. */
  readonly bufferMinutes: number;
  /** Shortest time from `now` to the start of a slot. */
  readonly noticeMinutes: number;
  /** Limit of one technician's appointments on one local day; 0: no limit. */
  readonly dailyCap: number;
  /** Slots begin at multiples of this many minutes after midnight: with 15, at 09:00, 09:15, 09:30 … */
  readonly stepMinutes: number;
}

/** Minutes from one site to another, from a table that was made beforehand; 0 where nothing is known. */
export type Travel = (from: Site, to: Site) => number;

/** Why a time cannot be booked. When several reasons apply, the first of this list is given. */
export const SLOT_REFUSALS = ['OUTSIDE_HOURS', 'TOO_SOON', 'TAKEN', 'DAY_FULL', 'NO_TIME_TO_TRAVEL'] as const;
export type SlotRefusal = (typeof SLOT_REFUSALS)[number];
