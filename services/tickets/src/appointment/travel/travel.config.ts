import { key, secretKey } from '@riparo/shared/config/load-config';
import Joi from 'joi';

const optional = (schema: Joi.StringSchema) => schema.empty('');

/** Configuration of travel times. */
export const travelKeys = {
  GOOGLE_MAPS_API_KEY: secretKey<string | undefined>(
    optional(Joi.string()),
    'Key of the Google Maps platform (distance matrix); travel times come from there when it is set',
  ),
  OSRM_URL: key<string | undefined>(
    optional(Joi.string().uri({ scheme: ['http', 'https'] })),
    'Base address of an OSRM server, such as http://osrm:5000; travel times come from there unless there is a key for Google Maps',
  ),
  TRAVEL_TIMEOUT_MS: key<number>(
    Joi.number().integer().min(50).max(30_000).default(2_000),
    'Milliseconds that a question for travel times may take before they are estimated',
  ),
  TRAVEL_CACHE_HOURS: key<number>(Joi.number().min(0.1).max(720).default(12), 'Hours for which travel times are remembered'),
  TRAVEL_SPEED_KMH: key<number>(Joi.number().min(1).max(200).default(40), 'Average speed in km/h for estimates from the distance alone'),
  TRAVEL_ROAD_FACTOR: key<number>(
    Joi.number().min(1).max(5).default(1.4),
    'How much longer roads are than the distance as the crow flies, for estimates',
  ),
};
