import { SessionsRevoked } from '../contracts/auth.events.js';
import { TOPOLOGY, type ServiceName } from '../contracts/topology.js';
import { createApiRouter } from '../http/create-router.js';
import type { Route } from '../http/route.js';
import { on, type Subscription } from '../messaging/bus.js';
import { createParkedDoor, parkedRoutes } from './parked-door.js';
import { createScheduler, type Job } from './jobs.js';
import type { Platform } from './platform.js';
import type { ReadinessCheck, Service } from '../http/service.js';

export interface ServiceOptions {
  /** Also the name of the service's queue. */
  readonly name: ServiceName;
  readonly platform: Platform;
  readonly routes: readonly Route[];
  /** Without `SessionsRevoked`: `assembleService` handles that event for every service. */
  readonly subscriptions?: readonly Subscription[];
  readonly jobs?: readonly Job[];
  /** Stores whose indexes are made before the first request. */
  readonly repositories?: readonly { ensureIndexes(): Promise<void> }[];
  /** Runs after the indexes are made and before the first event is consumed: loads data, writes first documents. */
  readonly onStart?: () => Promise<void>;
  /** Runs after jobs and relay have stopped: ends worker threads, closes mail connections. */
  readonly onStop?: () => Promise<void>;
  /** Further checks of `/health/ready`, besides database and bus. */
  readonly checks?: () => Promise<readonly ReadinessCheck[]>;
}

/**
 * How often a service reads the ended sessions from the database. An instance that missed a `SessionsRevoked` event
 * catches up within 10 s.
 */
const REVOCATION_REFRESH_MS = 10_000;
/** `/health/ready` reports the database as away when a ping takes longer than this. */
const PING_MS = 2_000;

/** Turns a service's tables (routes, subscriptions, jobs) into a `Service` with an orderly start and stop. */
export const assembleService = (parts: ServiceOptions): Service => {
  const { name, platform, subscriptions = [], jobs = [], repositories = [], onStart, onStop, checks } = parts;
  const { bus, relay, idempotency, revocations, approvals, lease, log } = platform;
  const scheduler = createScheduler({ jobs, lease, log });
  const routes = [...parts.routes, ...parkedRoutes(name, createParkedDoor(name, platform))];
  let refresh: NodeJS.Timeout | undefined;
  let started = false;
  let stopping: Promise<void> | undefined;

  const refreshRevocations = (): void => {
    revocations.refresh().catch((error: unknown) => {
      log.warn({ err: error }, 'could not read ended sessions');
    });
  };

  const start = async (): Promise<void> => {
    await Promise.all([...repositories, idempotency, revocations, approvals].map((store) => store.ensureIndexes()));
    await revocations.refresh();
    await bus.listen([
      on(SessionsRevoked, async (event) => {
        revocations.apply(event);
      }),
    ]);
    await onStart?.();
    relay.start();
    await bus.consume(name, withRevocations(name, subscriptions, platform));
    if (platform.runsJobs) scheduler.start();
    refresh = setInterval(refreshRevocations, REVOCATION_REFRESH_MS).unref();
    started = true;
  };

  const stop = async (): Promise<void> => {
    clearInterval(refresh);
    await scheduler.stop();
    await relay.stop();
    await onStop?.();
  };

  return {
    name,
    routes,
    jobs,
    router: createApiRouter({ routes, platform, idempotency }),
    start,
    stop: () => (stopping ??= stop()),
    ready: async () => [
      { name: 'started', ok: started && stopping === undefined },
      await pingDatabase(platform),
      pingBus(platform),
      ...((await checks?.()) ?? []),
    ],
  };
};

/**
 * A service whose topology entry has `SessionsRevoked` also stores the ended sessions in its own database: after a
 * restart the service still refuses their tokens.
 */
const withRevocations = (name: ServiceName, subscriptions: readonly Subscription[], { revocations }: Platform): readonly Subscription[] => {
  const wanted: readonly string[] = TOPOLOGY[name];
  return wanted.includes(SessionsRevoked.type)
    ? [...subscriptions, on(SessionsRevoked, (event) => revocations.keep(event))]
    : subscriptions;
};

const pingDatabase = async ({ connection }: Platform): Promise<ReadinessCheck> => {
  try {
    await connection.db?.command({ ping: 1 }, { timeoutMS: PING_MS });
    return { name: 'database', ok: connection.db !== undefined };
  } catch (error) {
    return { name: 'database', ok: false, detail: error instanceof Error ? error.name : 'no answer' };
  }
};

const pingBus = ({ bus }: Platform): ReadinessCheck => {
  const { connected, detail } = bus.health();
  return { name: 'bus', ok: connected, ...(detail === undefined ? {} : { detail }) };
};
