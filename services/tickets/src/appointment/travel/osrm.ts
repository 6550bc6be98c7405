import { matrixOf, type Point } from './leg.js';
import { checkedRoads, type TravelProvider } from './provider.js';

/** The usual limit of an OSRM server is 100 coordinates in one table: one origin and 99 destinations. */
const MAX_LEGS = 99;

interface Table {
  readonly code?: string;
  readonly durations?: readonly (readonly unknown[])[];
  /** Servers before 5.21 tell no lengths. */
  readonly distances?: readonly (readonly unknown[])[];
}

const indexes = (from: number, count: number): string => Array.from({ length: count }, (_, index) => from + index).join(';');
const coordinates = (points: readonly Point[]): string => points.map(({ lat, lng }) => `${lng},${lat}`).join(';');

/** An OSRM server of the installation: its table service, by car. */
export const createOsrm = ({ url, timeoutMs }: { readonly url: string; readonly timeoutMs: number }): TravelProvider => ({
  name: 'OSRM',
  maxLegs: MAX_LEGS,
  roads: async (star) => {
    const { origins, destinations } = matrixOf(star);
    const path = `/table/v1/driving/${coordinates([...origins, ...destinations])}`;
    const query = `sources=${indexes(0, origins.length)}&destinations=${indexes(origins.length, destinations.length)}&annotations=duration,distance`;
    const response = await fetch(`${url.replace(/\/+$/, '')}${path}?${query}`, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const { code, durations, distances } = (await response.json()) as Table;
    if (code !== 'Ok' || !Array.isArray(durations)) throw new Error('no table');
    return checkedRoads(star, durations.flat(), Array.isArray(distances) ? distances.flat() : []);
  },
});
