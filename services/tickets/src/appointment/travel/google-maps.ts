import { matrixOf, type Point } from './leg.js';
import { checkedRoads, type TravelProvider } from './provider.js';

/** Google's API takes 25 origins or destinations in one request. */
const MAX_LEGS = 25;

export interface GoogleMapsOptions {
  readonly apiKey: string;
  readonly timeoutMs: number;
  /** Default: Google's own address. */
  readonly url?: string;
}

/** Google's library takes half a second and some megabytes to load. It is loaded at the first use, and only where it is used. */
const loadClient = async (timeoutMs: number) => {
  const { Client } = await import('@googlemaps/google-maps-services-js');
  // A failed request is not repeated: a person waits for the answer, and an estimate is at hand.
  return new Client({ config: { timeout: timeoutMs, raxConfig: { retry: 0, noResponseRetries: 0 } } });
};

/**
 * Google's distance matrix, by car and without traffic. With traffic, a time that was offered could be too short a
 * minute later when it is booked.
 */
export const createGoogleMaps = ({ apiKey, timeoutMs, url }: GoogleMapsOptions): TravelProvider => {
  let client: ReturnType<typeof loadClient> | undefined;
  return {
    name: 'GOOGLE_MAPS',
    maxLegs: MAX_LEGS,
    roads: async (star) => {
      client ??= loadClient(timeoutMs);
      const { origins, destinations } = matrixOf(star);
      const points = (all: readonly Point[]) => all.map(({ lat, lng }) => ({ lat, lng }));
      const { data } = await (
        await client
      ).distancematrix({
        params: { key: apiKey, origins: points(origins), destinations: points(destinations) },
        // The library's own timeout starts anew with every byte, so the request gets a limit of its own.
        signal: AbortSignal.timeout(timeoutMs),
        ...(url === undefined ? {} : { url }),
      });
      const elements = data.rows.flatMap((row) => row.elements);
      const ways = elements.map((element) => ((element.status as string) === 'OK' ? element : undefined));
      return checkedRoads(
        star,
        ways.map((way) => way?.duration.value),
        ways.map((way) => (way as Partial<typeof way>)?.distance?.value),
      );
    },
  };
};
