import { HOUR_MS, MINUTE_MS } from '@riparo/shared/time/units';
import type { Site } from './slot/slot.js';
import type { Appointment } from './appointment.js';
import type { AppointmentDeps } from './dependencies.js';
import { findHomeBase } from './vehicle/home-base.js';

const LOOK_BACK = 10;

type Deps = Pick<AppointmentDeps, 'appointments' | 'travelTimes' | 'replicas'>;

/** The site of the technician's last appointment before now, within 12 hours; before the first one, the home base of the vehicle. */
const lastPlace = async (deps: Deps, tenantId: string, { id, diary, vehicleId }: Appointment, now: Date): Promise<Site | undefined> => {
  if (diary === undefined) return undefined;
  const since = new Date(now.getTime() - 12 * HOUR_MS);
  const earlier = await deps.appointments
    .in(tenantId)
    .list({ diary, scheduledStartAt: { $gte: since, $lt: now } }, { sort: { scheduledStartAt: -1, id: -1 }, limit: LOOK_BACK });
  const last = earlier.find((visit) => visit.id !== id && visit.place !== undefined);
  return last?.place ?? findHomeBase(deps, tenantId, vehicleId);
};

/**
 * When a technician who sets out now arrives, from the site of the last appointment. Without coordinates of both sites:
 * the planned start, or now if that has passed.
 */
export const expectedArrival = async (deps: Deps, tenantId: string, appointment: Appointment, now: Date): Promise<Date> => {
  const { place, scheduledStartAt } = appointment;
  const from = await lastPlace(deps, tenantId, appointment, now);
  if (from?.point === undefined || place?.point === undefined) return scheduledStartAt > now ? scheduledStartAt : now;
  const { minutes } = await deps.travelTimes([[from, place]]);
  return new Date(now.getTime() + minutes(from, place) * MINUTE_MS);
};
