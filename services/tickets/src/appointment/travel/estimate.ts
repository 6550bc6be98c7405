import type { Leg } from './leg.js';

export interface EstimateRules {
  /** How many times longer roads are than the great circle. */
  readonly roadFactor: number;
  readonly speedKmh: number;
}

const EARTH_RADIUS_KM = 6_371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

const greatCircleKm = ({ from, to }: Leg): number => {
  const [lat, lng] = [radians(to.lat - from.lat), radians(to.lng - from.lng)];
  const half = Math.sin(lat / 2) ** 2 + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.sin(lng / 2) ** 2;
  // For opposite points of the earth rounding can give slightly more than 1, and `asin` would then fail.
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, half)));
};

/** Kilometres on the road, estimated from the distance as the crow flies. */
export const estimateKm = (leg: Leg, { roadFactor }: Pick<EstimateRules, 'roadFactor'>): number => greatCircleKm(leg) * roadFactor;

/**
 * Minutes on the road, estimated from the distance alone. 14.9 km as the crow flies, road factor 1.4 and 40 km/h (the
 * defaults): 31.3 minutes.
 */
export const estimateMinutes = (leg: Leg, rules: EstimateRules): number => (estimateKm(leg, rules) / rules.speedKmh) * 60;
