import type { Star } from './leg.js';

/** A journey by road. */
export interface Road {
  readonly seconds: number;
  /** Missing: the service told no length. */
  readonly metres?: number;
}

/** A network service that knows the roads. */
export interface TravelProvider {
  readonly name: 'GOOGLE_MAPS' | 'OSRM';
  /** Limit of legs in one request. */
  readonly maxLegs: number;
  /**
   * The road of each leg, in order; `undefined` where there is none. Throws when the service does not answer, or answers
   * with a fault.
   */
  roads(star: Star): Promise<readonly (Road | undefined)[]>;
}

const isLength = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;

/** An invalid answer is treated like no answer. A road without a length is still a road. */
export const checkedRoads = (star: Star, seconds: readonly unknown[], metres: readonly unknown[]): readonly (Road | undefined)[] => {
  if (seconds.length !== star.length) throw new Error('the answer does not fit the question');
  return seconds.map((value, index) => {
    if (value === null || value === undefined) return undefined;
    if (!isLength(value)) throw new Error('the answer holds no durations');
    const length = metres[index];
    return isLength(length) ? { seconds: value, metres: length } : { seconds: value };
  });
};
