import { matrixOf, type Point } from './leg.js';
import { checkedSeconds, type TravelProvider } from './provider.js';

/** The interface takes 25 origins or destinations in one request. */
const MAX_LEGS = 25;

export interface GoogleMapsOptions {
  readonly apiKey: string;
  readonly timeoutMs: number;
  /** Default: Google's own address. */
  readonly url?: string;
}

/** Google's library takes half a second and some megabytes to load: only for those who use it, and when they do. */
const loadClient = async (timeoutMs: number) => {
  const { Client } = await import('@googlemaps/google-maps-services-js');
  // Not tried again: meanwhile somebody waits for an answer, and there is an estimate.
  return new Client({ config: { timeout: timeoutMs, raxConfig: { retry: 0, noResponseRetries: 0 } } });
};

/** Google's distance matrix, by car and without traffic, so that a time that was offered is still one when it is booked. */
export const createGoogleMaps = ({ apiKey, timeoutMs, url }: GoogleMapsOptions): TravelProvider => {
  let client: ReturnType<typeof loadClient> | undefined;
  return {
    name: 'GOOGLE_MAPS',
    maxLegs: MAX_LEGS,
    seconds: async (star) => {
      client ??= loadClient(timeoutMs);
      const { origins, destinations } = matrixOf(star);
      const points = (all: readonly Point[]) => all.map(({ lat, lng }) => ({ lat, lng }));
      const { data } = await (
        await client
      ).distancematrix({
        params: { key: apiKey, origins: points(origins), destinations: points(destinations) },
        // The library's own time-out begins anew with every byte.
        signal: AbortSignal.timeout(timeoutMs),
        ...(url === undefined ? {} : { url }),
      });
      const elements = data.rows.flatMap((row) => row.elements);
      return checkedSeconds(
        star,
        elements.map(({ status, duration }) => ((status as string) === 'OK' ? duration.value : undefined)),
      );
    },
  };
};
