import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import { addressesIn } from '../config/addresses.js';
import type { Configuration } from '../config/load-config.js';
import type { ServiceConfig } from '../config/process-keys.js';
import { TOPOLOGY, type ServiceName } from '../contracts/topology.js';
import { createApp } from '../http/create-app.js';
import { createRemoteKeySource, jwksOf, type KeySource } from '../http/key-source.js';
import { createRabbitBus } from '../messaging/rabbit-bus.js';
import { createRegistry } from '../metrics/registry.js';
import { connectMongo } from '../persistence/connection.js';
import { createPlatform } from './create-platform.js';
import { listen } from './http-server.js';
import type { Platform } from './platform.js';
import { run, type Running } from './run.js';
import type { Service } from '../http/service.js';

export interface ServiceProcess<C extends ServiceConfig> {
  readonly name: ServiceName;
  readonly config: Configuration<C>;
  /** Source of the public keys that verify access tokens; default: fetched from `AUTH_URL`. The auth service passes its own. */
  readonly keys?: (config: C, connection: Connection) => Promise<KeySource>;
  readonly create: (platform: Platform, config: C) => Service | Promise<Service>;
}

/** A stop may take 10 s. HTTP server 4 s, jobs 1.5 s, relay 1.5 s and bus 2 s make 9 s. */
const BUS_STOP_MS = 2_000;

const remoteKeys = ({ AUTH_URL }: ServiceConfig, log: Logger): KeySource =>
  createRemoteKeySource({ urls: jwksOf(addressesIn(AUTH_URL)), log });

/**
 * Runs a service as a process of its own: database `riparo_<name>`, RabbitMQ, HTTP. While the broker is away the
 * process starts and serves all the same. Without its database the process ends, and its supervisor starts it again.
 */
export const runService = <C extends ServiceConfig>(options: ServiceProcess<C>): Promise<void> =>
  run({ name: options.name, config: options.config, start: (config, log) => startService(options, config, log) });

const startService = async <C extends ServiceConfig>(
  { name, keys, create }: ServiceProcess<C>,
  config: C,
  log: Logger,
): Promise<Running> => {
  const connection = await connectMongo({ url: config.MONGO_URL, database: `riparo_${name}` });
  const metrics = createRegistry({ service: name });
  const bus = createRabbitBus({ url: config.AMQP_URL, topology: TOPOLOGY, name, log, metrics, stopMs: BUS_STOP_MS });
  const platform = createPlatform({
    name,
    connection,
    bus,
    log,
    metrics,
    keys: (await keys?.(config, connection)) ?? remoteKeys(config, log),
    internalSecret: config.INTERNAL_SECRET,
  });
  const service = await create(platform, config);
  await bus.start();
  await service.start();
  const app = createApp({ name, log, metrics, metricsToken: config.METRICS_TOKEN, trustProxy: config.TRUST_PROXY, services: [service] });
  const server = await listen(app, { port: config.PORT, host: config.HOST, webSockets: service.endStreams !== undefined });
  log.info({ port: server.port }, 'ready');
  return {
    stop: async () => {
      service.endStreams?.();
      await server.close();
      await service.stop();
      await bus.stop();
      await connection.close();
    },
  };
};
