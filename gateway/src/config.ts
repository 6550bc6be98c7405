import { defineConfig, key, loadConfig, type ConfigOf, type Environment } from '@riparo/shared/config/load-config';
import { httpKeys } from '@riparo/shared/config/process-keys';
import Joi from 'joi';

/** Configuration keys of the gateway, as a process of its own or in the one-process mode. */
export const gatewayKeys = {
  CORS_ORIGIN: key<string>(
    Joi.string().trim().allow('').default(''),
    'Origins whose pages may call the API, comma separated, or * for all; empty: only pages of this origin',
  ),
  RATE_LIMIT_PER_MINUTE: key<number>(
    Joi.number().integer().min(0).max(10_000_000).default(600),
    'Requests per minute of one signed-in session, or of one address without a valid token; ten times as many of one address in all; 0: no limit',
  ),
  TRUST_PROXY: key<string>(
    Joi.string().default('loopback'),
    'Proxies in front of the gateway whose X-Forwarded-For counts, as in express "trust proxy": names and subnets, comma separated',
  ),
  UPSTREAM_TIMEOUT_MS: key<number>(
    Joi.number().integer().min(100).max(600_000).default(30_000),
    'Milliseconds that a service may take to begin its answer once it has the whole request',
  ),
};

export type GatewayConfig = ConfigOf<typeof gatewayKeys>;

/** For a process that runs the services itself. */
export const loadGatewayConfig = (env: Environment): GatewayConfig => loadConfig(gatewayKeys, env);

const urls = (port: number): Joi.StringSchema =>
  Joi.string()
    .pattern(/^\s*http:\/\/[^\s,/]+\/?(?:\s*,\s*http:\/\/[^\s,/]+\/?)*\s*$/)
    .messages({ 'string.pattern.base': 'must be http://host:port, several of them with commas between' })
    .default(`http://localhost:${port}`);

const where = (name: string): string => `Addresses of the instances of ${name}, comma separated; a host name may stand for several`;

/** Addresses of the services. */
export const upstreamKeys = {
  AUTH_URL: key<string>(urls(4101), where('auth')),
  TICKETS_URL: key<string>(urls(4102), where('tickets')),
  ASSETS_URL: key<string>(urls(4103), where('assets')),
  NOTIFICATIONS_URL: key<string>(urls(4104), where('notifications')),
  REPORTS_URL: key<string>(urls(4105), where('reports')),
  BILLING_URL: key<string>(urls(4106), where('billing')),
};

export type UpstreamConfig = ConfigOf<typeof upstreamKeys>;

/** Configuration of the gateway as a process of its own. */
export const configuration = defineConfig({ ...httpKeys(8080), ...upstreamKeys, ...gatewayKeys }, process.env);
