import Joi from 'joi';
import { LOG_LEVELS } from '../logging/create-logger.js';
import { addresses } from './addresses.js';
import { key, secretKey, type ConfigOf } from './load-config.js';

/** Keys of every process that serves HTTP. */
export const httpKeys = (defaultPort: number) => ({
  PORT: key<number>(Joi.number().port().default(defaultPort), 'TCP port to listen on; 0 takes a free one'),
  HOST: key<string>(Joi.string().default('0.0.0.0'), 'Address to listen on'),
  LOG_LEVEL: key<(typeof LOG_LEVELS)[number]>(
    Joi.string()
      .valid(...LOG_LEVELS)
      .default('info'),
    'Least severe log level that is written',
  ),
  METRICS_TOKEN: secretKey<string | undefined>(
    Joi.string().min(16),
    'Bearer token for GET /metrics, at least 16 characters; without it /metrics is closed',
  ),
  TRUST_PROXY: key<string>(
    Joi.string().default('loopback'),
    'Proxies whose X-Forwarded-For counts, as in express "trust proxy": names and subnets, comma separated',
  ),
});

/** Keys of every service that runs as a process of its own. */
export const serviceKeys = (defaultPort: number) => ({
  ...httpKeys(defaultPort),
  MONGO_URL: secretKey<string>(
    Joi.string()
      .uri({ scheme: ['mongodb', 'mongodb+srv'] })
      .required(),
    'MongoDB connection string without database name, such as mongodb://localhost:27017',
  ),
  AMQP_URL: secretKey<string>(
    Joi.string()
      .uri({ scheme: ['amqp', 'amqps'] })
      .required(),
    'RabbitMQ connection string, such as amqp://localhost:5672',
  ),
  AUTH_URL: key<string>(addresses(4101), 'Base address of the auth service, or the addresses of its instances with commas between'),
  INTERNAL_SECRET: secretKey<string>(
    Joi.string().min(32).required(),
    'Secret shared by all services of the installation for calls among them, at least 32 characters',
  ),
});

export type ServiceConfig = ConfigOf<ReturnType<typeof serviceKeys>>;
export type HttpConfig = ConfigOf<ReturnType<typeof httpKeys>>;
