import { todayOf } from '../../kernel/day-or-instant.js';
import type { RulesOf } from '../../kernel/tenant-rules.js';
import type { Replicas } from '../../replica/replicas.js';
import type { Appointment } from '../appointment.js';
import type { Appointments } from '../appointment.repository.js';
import type { Site } from '../slot/slot.js';
import { findHomeBase } from '../vehicle/home-base.js';
import type { Journey, TravelTimes } from './travel-times.js';

interface Deps {
  readonly appointments: Appointments;
  readonly travelTimes: TravelTimes;
  readonly rulesOf: RulesOf;
  readonly replicas: Pick<Replicas, 'vehicles'>;
}

/** The way to an appointment from the stop before it; `undefined` when one of the two has no known coordinates. */
export type JourneyTo = (tenantId: string, appointment: Appointment) => Promise<Journey | undefined>;

/** Nobody has more visits on one day. */
const MAX_VISITS = 200;

const beginningOf = ({ actualStartAt, scheduledStartAt }: Appointment): number => (actualStartAt ?? scheduledStartAt).getTime();

/** The technician's last visit of the same local day that began, or is to begin, before this one. */
const visitBefore = async ({ appointments, rulesOf }: Deps, tenantId: string, to: Appointment): Promise<Appointment | undefined> => {
  const { id, diary, scheduledStartAt } = to;
  if (diary === undefined) return undefined;
  const day = todayOf(scheduledStartAt, (await rulesOf(tenantId)).timeZone);
  const found = await appointments
    .in(tenantId)
    .list(
      { diary, scheduledStartAt: { $gte: new Date(day.from), $lt: new Date(day.to) } },
      { sort: { scheduledStartAt: 1, id: 1 }, limit: MAX_VISITS },
    );
  return found
    .filter((visit) => visit.id !== id && visit.type === 'ONSITE_VISIT' && beginningOf(visit) < beginningOf(to))
    .toSorted((a, b) => beginningOf(a) - beginningOf(b))
    .at(-1);
};

const stopBefore = async (deps: Deps, tenantId: string, to: Appointment): Promise<Site | undefined> => {
  const visit = await visitBefore(deps, tenantId, to);
  return visit === undefined ? findHomeBase(deps, tenantId, to.vehicleId) : visit.place;
};

/**
 * Where the technician comes from: the visit before it on the same day, or the home base of the vehicle when it is the
 * first one. With a visit in Modena at nine and this one in Bologna at eleven: the way from Modena to Bologna.
 */
export const createJourneyTo =
  (deps: Deps): JourneyTo =>
  async (tenantId, appointment) => {
    const { place } = appointment;
    if (place === undefined) return undefined;
    const from = await stopBefore(deps, tenantId, appointment);
    if (from === undefined) return undefined;
    const { journey } = await deps.travelTimes([[from, place]]);
    return journey(from, place);
  };
