import { HOUR_MS, MINUTE_MS } from '@riparo/shared/time/units';
import type { Site } from './slot/slot.js';
import type { Appointment } from './appointment.js';
import type { AppointmentDeps } from './dependencies.js';

const LOOK_BACK = 10;

/** The site of the technician's last appointment before now, within 12 hours. */
const lastPlace = async (
  { appointments }: Pick<AppointmentDeps, 'appointments'>,
  tenantId: string,
  { id, diary }: Appointment,
  now: Date,
): Promise<Site | undefined> => {
  if (diary === undefined) return undefined;
  const since = new Date(now.getTime() - 12 * HOUR_MS);
  const earlier = await appointments
    .in(tenantId)
    .list({ diary, scheduledStartAt: { $gte: since, $lt: now } }, { sort: { scheduledStartAt: -1, id: -1 }, limit: LOOK_BACK });
  return earlier.find((visit) => visit.id !== id && visit.place !== undefined)?.place;
};

/**
 * When a technician who sets out now arrives, from the site of the last appointment. Without coordinates of both sites:
 * the planned start, or now if that has passed.
 */
export const expectedArrival = async (
  deps: Pick<AppointmentDeps, 'appointments' | 'travelTimes'>,
  tenantId: string,
  appointment: Appointment,
  now: Date,
): Promise<Date> => {
  const { place, scheduledStartAt } = appointment;
  const from = await lastPlace(deps, tenantId, appointment, now);
  if (from?.point === undefined || place?.point === undefined) return scheduledStartAt > now ? scheduledStartAt : now;
  const { minutes } = await deps.travelTimes([[from, place]]);
  return new Date(now.getTime() + minutes(from, place) * MINUTE_MS);
};
