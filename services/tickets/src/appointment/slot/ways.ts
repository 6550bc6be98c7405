import type { Diary, Site, WantedSlot } from './slot.js';

/** A way between two places, in this direction. */
export type Way = readonly [from: Site, to: Site];

const sitesOf = ({ bookings: visits }: Diary, movingId: string | undefined): readonly Site[] =>
  visits
    .filter(({ id, type }) => type === 'ONSITE_VISIT' && id !== movingId)
    .toSorted((a, b) => a.from - b.from)
    .flatMap(({ place }) => (place === undefined ? [] : [place]));

/**
 * The ways that the search may ask the time of: to and from what is wanted when that is on site, else those between the
 * visits that it could come between.
 */
export const waysOf = (diaries: readonly Diary[], { type, place, movingId }: WantedSlot): readonly Way[] => {
  const all = diaries.map((diary) => sitesOf(diary, movingId));
  if (type !== 'ONSITE_VISIT') return all.flatMap((sites) => sites.slice(1).map((to, index): Way => [sites[index] as Site, to]));
  return place === undefined
    ? []
    : all.flat().flatMap((site): readonly Way[] => [
        [site, place],
        [place, site],
      ]);
};
