import type { Caller } from '@riparo/shared/contracts/caller';
import { APPOINTMENT_TYPES, type AppointmentStatus, type AppointmentType } from '@riparo/shared/contracts/enums';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { dayOrInstant, oneOf } from '@riparo/shared/http/schemas';
import type { IdSource } from '@riparo/shared/runtime/ids';
import { startOf, type DayOrInstant } from '@riparo/shared/time/local-day';
import { DAY_MS } from '@riparo/shared/time/units';
import Joi from 'joi';

/** Days. Working hours are not known further ahead, so nothing can be booked there. */
export const MAX_DAYS_AHEAD = 366;

/** A time or a day that a customer prefers, sent together with a new ticket or repair. */
export interface Preference {
  readonly preferredAppointmentAt?: DayOrInstant;
  readonly preferredAppointmentType?: AppointmentType;
}

export const preferenceFields = () => ({
  preferredAppointmentAt: dayOrInstant(),
  preferredAppointmentType: oneOf(APPOINTMENT_TYPES).when('preferredAppointmentAt', { is: Joi.exist(), otherwise: Joi.forbidden() }),
});

/** Throws 422 for a time further ahead than `MAX_DAYS_AHEAD`. */
export const refusePreference = ({ preferredAppointmentAt: at }: Preference, now: Date): void => {
  // One day more or less makes no difference so far ahead, so a day is read in UTC.
  if (at !== undefined && startOf(at, 'UTC').getTime() > now.getTime() + MAX_DAYS_AHEAD * DAY_MS)
    throw invalidInput([{ path: 'preferredAppointmentAt', message: `must lie within the next ${MAX_DAYS_AHEAD} days` }]);
};

/** A free time, offered when the requested time is not free. */
export interface Offer {
  readonly startAt: Date;
  readonly endAt: Date;
}

/** The fields of an appointment that tickets and repairs show. */
export interface AppointmentSummary {
  readonly id: string;
  readonly type: AppointmentType;
  readonly status: AppointmentStatus;
  readonly scheduledStartAt: Date;
  readonly scheduledEndAt: Date;
}

/** The result for a preferred time: an appointment, or times to choose from; for a preferred day always times. Neither when none was preferred. */
export interface PreferredOutcome {
  readonly appointment?: AppointmentSummary;
  readonly appointmentOffers?: readonly Offer[];
}

/**
 * Books the preferred time for a ticket or a repair that was just opened. The wing of appointments lies above tickets
 * and repairs. So this function is passed to them (`dependencies.ts`), and no import runs upwards.
 */
export type BookPreferred<S> = (
  call: { readonly caller: Caller; readonly ids: IdSource; readonly now: Date },
  subject: S,
  preference: Preference,
) => Promise<PreferredOutcome>;

/**
 * The appointment that a ticket or repair shows. With several ids: also appointments of the tickets merged into it.
 * Passed in like `BookPreferred`.
 */
export type AppointmentOf = (caller: Caller, subjectIds: readonly string[]) => Promise<AppointmentSummary | undefined>;
