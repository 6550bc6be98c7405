import type { Star } from './leg.js';

/** A network service that knows the roads. */
export interface TravelProvider {
  readonly name: 'GOOGLE_MAPS' | 'OSRM';
  /** Limit of legs in one request. */
  readonly maxLegs: number;
  /**
   * Seconds for each leg, in order; `undefined` where there is no road. Throws when the service does not answer, or
   * answers with a fault.
   */
  seconds(star: Star): Promise<readonly (number | undefined)[]>;
}

/** An invalid answer is treated like no answer. */
export const checkedSeconds = (star: Star, found: readonly unknown[]): readonly (number | undefined)[] => {
  if (found.length !== star.length) throw new Error('the answer does not fit the question');
  return found.map((value) => {
    if (value === null || value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw new Error('the answer holds no durations');
    return value;
  });
};
