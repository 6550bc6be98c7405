import type { Appointment } from '../appointment.js';
import type { Site } from '../slot/slot.js';
import type { TravelTable, TravelTimes } from '../travel/travel-times.js';
import { localDateOf } from '../../kernel/day-or-instant.js';

/** The journey to a visit from the visit before it on the same day. */
export interface TravelLeg {
  readonly fromAppointmentId: string;
  readonly minutes: number;
}

interface Stop {
  readonly id: string;
  readonly place: Site;
  readonly date: string;
}

/** Visits with coordinates, in order. Without coordinates the length of a journey is unknown. */
const stopsOf = (visits: readonly Appointment[], timeZone: string): readonly Stop[] =>
  visits.flatMap(({ id, type, place, scheduledStartAt }) =>
    type === 'ONSITE_VISIT' && place?.point !== undefined ? [{ id, place, date: localDateOf(scheduledStartAt, timeZone) }] : [],
  );

export interface Legs {
  /** Journeys by the id of the appointment at their end. */
  readonly legs: ReadonlyMap<string, TravelLeg>;
  readonly travel: Pick<TravelTable, 'provider' | 'estimated'>;
}

export const legsOf = async (travelTimes: TravelTimes, visits: readonly Appointment[], timeZone: string): Promise<Legs> => {
  const stops = stopsOf(visits, timeZone);
  const pairs = stops.slice(1).flatMap((to, index) => {
    const from = stops[index];
    return from?.date === to.date ? [{ from, to }] : [];
  });
  const { minutes, provider, estimated } = await travelTimes(pairs.map(({ from, to }) => [from.place, to.place]));
  const legs = pairs.map(({ from, to }) => [to.id, { fromAppointmentId: from.id, minutes: minutes(from.place, to.place) }] as const);
  return { legs: new Map(legs), travel: { provider, estimated } };
};
