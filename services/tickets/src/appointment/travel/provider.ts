import type { Star } from './leg.js';

/** A service on the network that knows the roads. */
export interface TravelProvider {
  readonly name: 'GOOGLE_MAPS' | 'OSRM';
  /** Legs that one request may hold. */
  readonly maxLegs: number;
  /** Seconds for each leg, in order; `undefined` where there is no road. Throws when the service does not answer well. */
  seconds(star: Star): Promise<readonly (number | undefined)[]>;
}

/** A service that answers nonsense is as good as away. */
export const checkedSeconds = (star: Star, found: readonly unknown[]): readonly (number | undefined)[] => {
  if (found.length !== star.length) throw new Error('the answer does not fit the question');
  return found.map((value) => {
    if (value === null || value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw new Error('the answer holds no durations');
    return value;
  });
};
