import type { Location } from './location.js';

/** What goes out. `isPrimary` is what the holdings say, which the stored copy may be a moment behind. */
export const viewLocation = ({ deletedAt: _, ...location }: Location, isPrimary: boolean) => ({ ...location, isPrimary });
export type LocationView = ReturnType<typeof viewLocation>;
