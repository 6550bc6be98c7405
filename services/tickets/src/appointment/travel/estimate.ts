import type { Leg } from './leg.js';

export interface EstimateRules {
  /** How much longer roads are than the great circle. */
  readonly roadFactor: number;
  readonly speedKmh: number;
}

const EARTH_RADIUS_KM = 6_371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

const greatCircleKm = ({ from, to }: Leg): number => {
  const [lat, lng] = [radians(to.lat - from.lat), radians(to.lng - from.lng)];
  const half = Math.sin(lat / 2) ** 2 + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.sin(lng / 2) ** 2;
  // Rounding can bring opposite ends of the earth a hair above 1.
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, half)));
};

/** Minutes on the road, guessed from the distance alone. */
export const estimateMinutes = (leg: Leg, { roadFactor, speedKmh }: EstimateRules): number =>
  ((greatCircleKm(leg) * roadFactor) / speedKmh) * 60;
