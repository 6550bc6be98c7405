import type { Appointment } from '../appointment.js';
import type { Site } from '../slot/slot.js';
import type { TravelTable, TravelTimes } from '../travel/travel-times.js';
import { localDateOf, todayOf } from '../../kernel/day-or-instant.js';

/** The journey to a visit from the visit before it on the same day, or to the first one from the home base of its vehicle. */
export interface TravelLeg {
  readonly fromAppointmentId?: string;
  readonly fromHomeBase?: true;
  readonly minutes: number;
}

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
  readonly start: Pick<TravelLeg, 'fromAppointmentId' | 'fromHomeBase'>;
}

const isVisit = ({ type }: Appointment): boolean => type === 'ONSITE_VISIT';

/** Visits with coordinates, in order. Without coordinates the length of a journey is unknown. */
const stopsOf = (visits: readonly Appointment[], timeZone: string): readonly Stop[] =>
  visits.flatMap(({ id, place, scheduledStartAt }) =>
    place?.point === undefined ? [] : [{ id, place, date: localDateOf(scheduledStartAt, timeZone) }],
  );

const waysBetween = (stops: readonly Stop[]): readonly Way[] =>
  stops.slice(1).flatMap((to, index) => {
    const from = stops[index];
    return from?.date === to.date ? [{ from: from.place, to, start: { fromAppointmentId: from.id } }] : [];
  });

/** The ways from home bases to the first visits of days that are known from their beginning. */
const waysFromBases = (visits: readonly Appointment[], { timeZone, from, bases }: LegTerms): readonly Way[] => {
  const days = new Map(visits.toReversed().map((visit) => [localDateOf(visit.scheduledStartAt, timeZone), visit]));
  return [...days.values()].flatMap((first) => {
    const [to] = stopsOf([first], timeZone);
    const base = bases.get(first.vehicleId ?? '');
    const isWhole = todayOf(first.scheduledStartAt, timeZone).from >= from;
    return to === undefined || base?.point === undefined || !isWhole ? [] : [{ from: base, to, start: { fromHomeBase: true as const } }];
  });
};

export interface Legs {
  /** Journeys by the id of the appointment at their end. */
  readonly legs: ReadonlyMap<string, TravelLeg>;
  readonly travel: Pick<TravelTable, 'provider' | 'estimated'>;
}

export const legsOf = async (travelTimes: TravelTimes, booked: readonly Appointment[], terms: LegTerms): Promise<Legs> => {
  const visits = booked.filter(isVisit);
  const ways = [...waysFromBases(visits, terms), ...waysBetween(stopsOf(visits, terms.timeZone))];
  const { minutes, provider, estimated } = await travelTimes(ways.map(({ from, to }) => [from, to.place]));
  const legs = ways.map(({ from, to, start }) => [to.id, { ...start, minutes: minutes(from, to.place) }] as const);
  return { legs: new Map(legs), travel: { provider, estimated } };
};
