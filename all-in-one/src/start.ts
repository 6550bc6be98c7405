import { createGateway } from '@riparo/gateway/create-gateway';
import { createLocalBackend } from '@riparo/gateway/local-backend';
import { TOPOLOGY, type ServiceName } from '@riparo/shared/contracts/topology';
import { createApp } from '@riparo/shared/http/create-app';
import type { Bus } from '@riparo/shared/messaging/bus';
import { createMemoryBus } from '@riparo/shared/messaging/memory-bus';
import { createMongoParking } from '@riparo/shared/messaging/mongo-parking';
import { createRabbitBus } from '@riparo/shared/messaging/rabbit-bus';
import { keepPrivate } from '@riparo/shared/files/keep-private';
import { createRegistry } from '@riparo/shared/metrics/registry';
import { connectMongo } from '@riparo/shared/persistence/connection';
import { createPlatform } from '@riparo/shared/composition/create-platform';
import { listen, type HttpServer } from '@riparo/shared/composition/http-server';
import type { Running } from '@riparo/shared/composition/run';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import { refuseUnfinishedRestore } from './backup/files.js';
import type { AllInOneConfig } from './config.js';
import { openDatabase } from './database.js';
import { devicePasswordKeyOf, internalSecretOf } from './kept-secrets.js';
import { createServices, type ServicesOptions } from './services.js';
import type { Stage } from './stage.js';

const NAMES = Object.keys(TOPOLOGY) as readonly ServiceName[];

export interface AllInOneOptions {
  readonly config: AllInOneConfig;
  readonly log: Logger;
  readonly onInitialAdmin: ServicesOptions['onInitialAdmin'];
  /** Called when the embedded database has ended by itself: the process cannot go on then. */
  readonly onDatabaseFailure: (error: Error) => void;
  /** Given by the demo alone. */
  readonly stage?: Stage;
}

export interface AllInOne extends Running {
  readonly port: number;
  /** For whoever goes through every route of the installation. */
  readonly services: readonly Service[];
  readonly bus: Pick<Bus, 'publish' | 'listen' | 'listParked'>;
  /** Resolves when every event of the answers given so far has been handled. */
  readonly settle: () => Promise<void>;
}

/** Connects to one database per service on the same server, and to one for the bus's parked events. */
const connectAll = async (url: string): Promise<ReadonlyMap<string, Connection>> => {
  const names = [...NAMES, 'bus'];
  const connections = await Promise.all(names.map((name) => connectMongo({ url, database: `riparo_${name}` })));
  return new Map(names.map((name, index) => [name, connections[index] as Connection]));
};

/** Starts database, bus, services and gateway in this process; resolves when requests are served. */
export const startAllInOne = async (options: AllInOneOptions): Promise<AllInOne> => {
  const { config, log, onInitialAdmin, onDatabaseFailure, stage } = options;
  refuseUnfinishedRestore(config.DATA_DIR);
  const wasOpen = keepPrivate(config.DATA_DIR);
  if (wasOpen !== undefined) log.warn(wasOpen);
  const database = await openDatabase(config, stage === undefined);
  void database.failed.then(onDatabaseFailure);
  const connections = await connectAll(database.url);
  const connectionOf = (name: string): Connection => connections.get(name) as Connection;
  const metrics = createRegistry();
  const bus: Bus =
    config.AMQP_URL === undefined
      ? createMemoryBus({ topology: TOPOLOGY, log, parking: createMongoParking(connectionOf('bus')), metrics })
      : createRabbitBus({ url: config.AMQP_URL, topology: TOPOLOGY, log, metrics });

  // Services call each other on a loopback port of their own, because the gateway does not serve `/internal/*`.
  const inside: { server?: HttpServer } = {};
  const [internalSecret, devicePasswordKey] = await Promise.all([internalSecretOf(config), devicePasswordKeyOf(config)]);
  const platforms: Platform[] = [];
  const common = {
    bus,
    log,
    metrics,
    internalSecret,
    ...(stage === undefined ? {} : { clock: stage.clock, ids: stage.ids, runsJobs: false }),
  };
  const { services, keys, idle } = createServices({
    config: { ...config, DEVICE_PASSWORD_KEY: devicePasswordKey },
    platformOf: (name, source) => {
      const platform = createPlatform({ ...common, name, connection: connectionOf(name), keys: source });
      platforms.push(platform);
      return platform;
    },
    internalUrl: () => `http://127.0.0.1:${inside.server?.port ?? 0}`,
    onInitialAdmin,
    stage,
  });
  const metricsToken = config.METRICS_TOKEN;
  const backend = createLocalBackend(services, keys);
  const door = createGateway({ backend, config: { ...config, UPSTREAM_TIMEOUT_MS: 0 }, log, metrics, metricsToken });

  const internal = (inside.server = await listen(createApp({ name: 'internal', log, metrics, services }), { port: 0 }));
  await bus.start();
  await Promise.all(services.map((service) => service.start()));
  const server = await listen(door, { port: config.PORT, host: config.HOST, webSockets: true });
  return {
    port: server.port,
    services,
    bus,
    settle: () => settled(platforms, idle),
    stop: () => stopInOrder({ servers: [server, internal], services, bus, connections: [...connections.values()], database }),
  };
};

/** Handling an event can make another one, in another service. */
const settled = async (platforms: readonly Platform[], idle: () => Promise<void>): Promise<void> => {
  do {
    for (const { relay } of platforms) await relay.idle();
    await idle();
  } while (platforms.some(({ relay }) => relay.stats().held > 0));
};

interface Parts {
  readonly servers: readonly HttpServer[];
  readonly services: readonly Service[];
  readonly bus: Bus;
  readonly connections: readonly Connection[];
  readonly database: { stop(): Promise<void> };
}

/**
 * Stops from the outside inwards: servers, services, bus, connections, database. So no part takes work that a part
 * behind it can no longer finish.
 */
const stopInOrder = async ({ servers, services, bus, connections, database }: Parts): Promise<void> => {
  for (const service of services) service.endStreams?.();
  for (const server of servers) await server.close();
  await Promise.all(services.map((service) => service.stop()));
  await bus.stop();
  await Promise.all(connections.map((connection) => connection.close()));
  await database.stop();
};
