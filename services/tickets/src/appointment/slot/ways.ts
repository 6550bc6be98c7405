import type { Diary, Site, WantedSlot } from './slot.js';

/** A journey from one site to another, in this direction. */
export type Way = readonly [from: Site, to: Site];

const sitesOf = ({ bookings: visits }: Pick<Diary, 'bookings'>, movingId: string | undefined): readonly Site[] =>
  visits
    .filter(({ id, type }) => type === 'ONSITE_VISIT' && id !== movingId)
    .toSorted((a, b) => a.from - b.from)
    .flatMap(({ place }) => (place === undefined ? [] : [place]));

/**
 * The journeys whose times the search for slots may need. Diary with visits at A and C: a visit at X needs A→X, X→A,
 * C→X and X→C; a remote session needs A→C, since it could lie between the two visits.
 */
export const waysOf = (diaries: readonly Pick<Diary, 'bookings'>[], { type, place, movingId }: WantedSlot): readonly Way[] => {
  const all = diaries.map((diary) => sitesOf(diary, movingId));
  if (type !== 'ONSITE_VISIT') return all.flatMap((sites) => sites.slice(1).map((to, index): Way => [sites[index] as Site, to]));
  return place === undefined
    ? []
    : all.flat().flatMap((site): readonly Way[] => [
        [site, place],
        [place, site],
      ]);
};
