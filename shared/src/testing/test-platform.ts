import { pino, type Logger } from 'pino';
import { Registry } from 'prom-client';
import type { Connection } from 'mongoose';
import { DEFAULT_TENANT } from '../contracts/caller.js';
import type { EventContract, EventEnvelope } from '../contracts/event.js';
import { TOPOLOGY, type ServiceName } from '../contracts/topology.js';
import { createApp, type AppOptions } from '../http/create-app.js';
import type { Bus } from '../messaging/bus.js';
import { createMemoryBus } from '../messaging/memory-bus.js';
import { createMongoParking } from '../messaging/mongo-parking.js';
import { createPlatform } from '../composition/create-platform.js';
import { listen } from '../composition/http-server.js';
import { uuidSource } from '../runtime/ids.js';
import type { Platform } from '../composition/platform.js';
import type { Service } from '../http/service.js';
import { createHttpClient, type HttpClient } from './http-client.js';
import { recordEvent } from './record-exchange.js';
import { checkOfRoutes } from './reference-check.js';
import { createTestClock, type TestClock } from './test-clock.js';
import { connectTestDatabase } from './test-database.js';
import { createTestTokens, type TestTokens } from './test-tokens.js';

export interface TestPlatformOptions {
  readonly service: ServiceName;
  /** Default: a memory bus whose topology knows this service only. */
  readonly bus?: Bus;
  readonly now?: Date | string;
  /** Default silent. */
  readonly log?: Logger;
  /** For a second instance over the same database. */
  readonly connection?: Connection;
  readonly tokens?: TestTokens;
  readonly clock?: TestClock;
}

export interface RunningTestService {
  readonly api: HttpClient;
  readonly url: string;
  stop(): Promise<void>;
}

export interface EventOrigin {
  readonly id?: string;
  readonly subject?: string;
  readonly version?: number;
  readonly tenantId?: string;
}

export interface TestPlatform extends Pick<TestTokens, 'tokenFor' | 'callerOf'> {
  readonly platform: Platform;
  readonly clock: TestClock;
  readonly tokens: TestTokens;
  /** Every event that the service under test has passed to the bus, in order; `await idle()` first. */
  readonly published: readonly EventEnvelope[];
  /** Resolves when every event saved so far is published and handled. */
  idle(): Promise<void>;
  /** Sends an event as another service would; resolves when the service under test has handled or parked it. */
  publish<T>(contract: EventContract<T>, data: T, origin?: EventOrigin): Promise<void>;
  /** Starts the service and serves it on a free port. */
  startService(create: (platform: Platform) => Service, app?: Partial<AppOptions>): Promise<RunningTestService>;
  /** Stops every started service and removes the database. */
  stop(): Promise<void>;
}

const recording = (bus: Bus, published: EventEnvelope[]): Bus => ({
  ...bus,
  publish: async (event) => {
    await bus.publish(event);
    published.push(event);
    recordEvent(event);
  },
});

const envelope = <T>(contract: EventContract<T>, data: T, origin: EventOrigin, now: Date): EventEnvelope => {
  const { subject = uuidSource.next(), version = 1, tenantId = DEFAULT_TENANT } = origin;
  return {
    specversion: '1.0',
    id: origin.id ?? `${subject}.${version}.0`,
    source: `/riparo/${contract.type.split('.')[1] ?? 'test'}`,
    type: contract.type,
    subject,
    time: now.toISOString(),
    datacontenttype: 'application/json',
    tenantid: tenantId,
    aggregateversion: version,
    data,
  };
};

/** A platform for tests: a real database, an in-process bus, tokens for any caller, a clock that the test sets. */
export const createTestPlatform = async (options: TestPlatformOptions): Promise<TestPlatform> => {
  const { service, log = pino({ level: 'silent' }) } = options;
  const clock = options.clock ?? createTestClock(options.now);
  const tokens = options.tokens ?? createTestTokens(clock);
  const connection = options.connection ?? (await connectTestDatabase());
  const published: EventEnvelope[] = [];
  const ownBus =
    options.bus ?? createMemoryBus({ topology: { [service]: TOPOLOGY[service] }, log, parking: createMongoParking(connection), clock });
  const bus = recording(ownBus, published);
  const internalSecret = 'a secret for tests only, of 32 or more characters';
  const platform = createPlatform({
    name: service,
    connection,
    bus,
    log,
    metrics: new Registry(),
    keys: tokens.keys,
    internalSecret,
    clock,
  });
  const running: RunningTestService[] = [];
  await ownBus.start();

  return {
    platform,
    clock,
    tokens,
    published,
    tokenFor: tokens.tokenFor,
    callerOf: tokens.callerOf,
    idle: () => platform.relay.idle(),
    publish: (contract, data, origin = {}) => ownBus.publish(envelope(contract, data, origin, clock.now())),
    startService: async (create, app = {}) => {
      const started = await serve(create(platform), platform, app);
      running.push(started);
      return started;
    },
    stop: async () => {
      await Promise.all(running.map((each) => each.stop()));
      if (options.bus === undefined) await ownBus.stop();
      if (options.connection !== undefined) return;
      await connection.dropDatabase();
      // A closed connection stays in mongoose's own list, with all its listeners; `destroy` removes it.
      await connection.destroy();
    },
  };
};

const serve = async (service: Service, { log, metrics }: Platform, app: Partial<AppOptions>): Promise<RunningTestService> => {
  await service.start();
  const options = { name: service.name, log, metrics, services: [service], ...app };
  const server = await listen(createApp(options), { port: 0, webSockets: service.endStreams !== undefined });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    api: createHttpClient(url, { firstCheck: checkOfRoutes(options.services.flatMap(({ routes }) => routes)) }),
    url,
    stop: async () => {
      service.endStreams?.();
      await server.close({ idleGraceMs: 0 });
      await service.stop();
    },
  };
};
