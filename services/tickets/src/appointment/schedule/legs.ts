import type { Appointment } from '../appointment.js';
import type { Site } from '../slot/slot.js';
import type { TravelTable, TravelTimes } from '../travel/travel-times.js';
import { localDateOf, todayOf } from '../../kernel/day-or-instant.js';

/** The journey to a visit from the visit before it on the same day. */
export interface TravelLeg {
  readonly fromAppointmentId: string;
  readonly minutes: number;
}

/** The journey to the first visit of a day from the home base of its vehicle. */
export type FirstLeg = Omit<TravelLeg, 'fromAppointmentId'>;

interface Stop {
  readonly id: string;
  readonly place: Site;
  readonly date: string;
}

/** What legs depend on beside the visits. */
export interface LegTerms {
  readonly timeZone: string;
  /** The first moment of which the visits are known: of a day that begins before it, the first visit is not known. */
  readonly from: number;
  /** Home bases by the id of the vehicle. */
  readonly bases: ReadonlyMap<string, Site>;
}

interface Way {
  readonly from: Site;
  readonly to: Stop;
}
interface WayBetween extends Way {
  readonly fromAppointmentId: string;
}

const isVisit = ({ type }: Appointment): boolean => type === 'ONSITE_VISIT';

/** Visits with coordinates, in order. Without coordinates the length of a journey is unknown. */
const stopsOf = (visits: readonly Appointment[], timeZone: string): readonly Stop[] =>
  visits.flatMap(({ id, place, scheduledStartAt }) =>
    place?.point === undefined ? [] : [{ id, place, date: localDateOf(scheduledStartAt, timeZone) }],
  );

const waysBetween = (stops: readonly Stop[]): readonly WayBetween[] =>
  stops.slice(1).flatMap((to, index) => {
    const from = stops[index];
    return from?.date === to.date ? [{ from: from.place, to, fromAppointmentId: from.id }] : [];
  });

/** The ways from home bases to the first visits of days that are known from their beginning. */
const waysFromBases = (visits: readonly Appointment[], { timeZone, from, bases }: LegTerms): readonly Way[] => {
  const days = new Map(visits.toReversed().map((visit) => [localDateOf(visit.scheduledStartAt, timeZone), visit]));
  return [...days.values()].flatMap((first) => {
    const [to] = stopsOf([first], timeZone);
    const base = bases.get(first.vehicleId ?? '');
    const isWhole = todayOf(first.scheduledStartAt, timeZone).from >= from;
    return to === undefined || base?.point === undefined || !isWhole ? [] : [{ from: base, to }];
  });
};

export interface Legs {
  /** Journeys by the id of the appointment at their end. */
  readonly legs: ReadonlyMap<string, TravelLeg>;
  readonly firstLegs: ReadonlyMap<string, FirstLeg>;
  readonly travel: Pick<TravelTable, 'provider' | 'estimated'>;
}

export const legsOf = async (travelTimes: TravelTimes, booked: readonly Appointment[], terms: LegTerms): Promise<Legs> => {
  const visits = booked.filter(isVisit);
  const [first, between] = [waysFromBases(visits, terms), waysBetween(stopsOf(visits, terms.timeZone))];
  const { minutes, provider, estimated } = await travelTimes([...first, ...between].map(({ from, to }) => [from, to.place]));
  const lengthOf = ({ from, to }: Way): FirstLeg => ({ minutes: minutes(from, to.place) });
  return {
    legs: new Map(between.map((way) => [way.to.id, { fromAppointmentId: way.fromAppointmentId, ...lengthOf(way) }])),
    firstLegs: new Map(first.map((way) => [way.to.id, lengthOf(way)])),
    travel: { provider, estimated },
  };
};
