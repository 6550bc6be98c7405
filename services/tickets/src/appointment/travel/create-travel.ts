import type { ConfigOf } from '@riparo/shared/config/load-config';
import type { Platform } from '@riparo/shared/composition/platform';
import { createGoogleMaps } from './google-maps.js';
import { createOsrm } from './osrm.js';
import type { TravelProvider } from './provider.js';
import type { travelKeys } from './travel.config.js';
import { createTravelTimes, type TravelTimes } from './travel-times.js';

type TravelConfig = ConfigOf<typeof travelKeys>;

const providerOf = ({ GOOGLE_MAPS_API_KEY, OSRM_URL, TRAVEL_TIMEOUT_MS: timeoutMs }: TravelConfig): TravelProvider | undefined => {
  if (GOOGLE_MAPS_API_KEY !== undefined) return createGoogleMaps({ apiKey: GOOGLE_MAPS_API_KEY, timeoutMs });
  return OSRM_URL === undefined ? undefined : createOsrm({ url: OSRM_URL, timeoutMs });
};

/** Uses Google Maps when its key is set, else OSRM when its address is set, else estimates from the distance as the crow flies. */
export const createTravel = ({ clock, log, metrics }: Pick<Platform, 'clock' | 'log' | 'metrics'>, config: TravelConfig): TravelTimes =>
  createTravelTimes({
    provider: providerOf(config),
    estimate: { roadFactor: config.TRAVEL_ROAD_FACTOR, speedKmh: config.TRAVEL_SPEED_KMH },
    cacheHours: config.TRAVEL_CACHE_HOURS,
    clock,
    log,
    metrics,
  });
