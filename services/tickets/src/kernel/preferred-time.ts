import type { Caller } from '@riparo/shared/contracts/caller';
import { APPOINTMENT_TYPES, type AppointmentStatus, type AppointmentType } from '@riparo/shared/contracts/enums';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { instant, oneOf } from '@riparo/shared/http/schemas';
import type { IdSource } from '@riparo/shared/runtime/ids';
import { DAY_MS } from '@riparo/shared/time/units';
import Joi from 'joi';

/** In days. Nobody's hours are known further ahead, so nothing is booked there. */
export const MAX_DAYS_AHEAD = 366;

/** A time that somebody would like, said together with what they want. */
export interface Preference {
  readonly preferredAppointmentAt?: Date;
  readonly preferredAppointmentType?: AppointmentType;
}

export const preferenceFields = () => ({
  preferredAppointmentAt: instant(),
  preferredAppointmentType: oneOf(APPOINTMENT_TYPES).when('preferredAppointmentAt', { is: Joi.exist(), otherwise: Joi.forbidden() }),
});

/** Throws 422 for a time further ahead than `MAX_DAYS_AHEAD`. */
export const refusePreference = ({ preferredAppointmentAt: at }: Preference, now: Date): void => {
  if (at !== undefined && at.getTime() > now.getTime() + MAX_DAYS_AHEAD * DAY_MS)
    throw invalidInput([{ path: 'preferredAppointmentAt', message: `must lie within the next ${MAX_DAYS_AHEAD} days` }]);
};

/** A free time, for whoever came too late for another one. */
export interface Offer {
  readonly startAt: Date;
  readonly endAt: Date;
}

/** What tickets and repairs show of an appointment; the rest of its view is of no concern to them. */
export interface AppointmentSummary {
  readonly id: string;
  readonly type: AppointmentType;
  readonly status: AppointmentStatus;
  readonly scheduledStartAt: Date;
  readonly scheduledEndAt: Date;
}

/** What became of a preferred time: an appointment, or times to choose from; neither when none was named. */
export interface PreferredOutcome {
  readonly appointment?: AppointmentSummary;
  readonly appointmentOffers?: readonly Offer[];
}

/**
 * Books the preferred time for a ticket or a repair that has just been opened. The appointment wing lies above both, so
 * that each is handed this function (`dependencies.ts`) and no import runs upwards.
 */
export type BookPreferred<S> = (
  call: { readonly caller: Caller; readonly ids: IdSource; readonly now: Date },
  subject: S,
  preference: Preference,
) => Promise<PreferredOutcome>;

/** The appointment to show with a ticket or a repair; several ids: those merged into it too. Handed in like `BookPreferred`. */
export type AppointmentOf = (caller: Caller, subjectIds: readonly string[]) => Promise<AppointmentSummary | undefined>;
