import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { createApprovals } from '../http/approvals.js';
import { createTokenVerifier, TOKEN_AUDIENCE, TOKEN_ISSUER } from '../http/authenticate.js';
import type { KeySource } from '../http/key-source.js';
import { createRevocationList } from '../http/revocations.js';
import { createServiceTokens } from '../http/service-token.js';
import { createSignedLinks } from '../http/signed-link.js';
import type { Bus } from '../messaging/bus.js';
import { createOutboxRelay } from '../messaging/outbox-relay.js';
import { createIdempotencyStore } from '../persistence/idempotency-store.js';
import { createLease } from '../persistence/lease.js';
import { createRevocationStore } from '../persistence/revocation-store.js';
import { createSpentApprovals } from '../persistence/spent-approvals.js';
import { systemClock, type Clock } from '../runtime/clock.js';
import { uuidSource, type IdSource } from '../runtime/ids.js';
import { createSeal } from '../runtime/seal.js';
import type { Platform } from './platform.js';

export interface PlatformOptions {
  /** The service's name. */
  readonly name: string;
  readonly connection: Connection;
  /** Several services of one process may share one bus. */
  readonly bus: Bus;
  readonly log: Logger;
  readonly metrics: Registry;
  /** Source of the public keys that verify access tokens. */
  readonly keys: KeySource;
  readonly internalSecret: string;
  readonly clock?: Clock;
  readonly ids?: IdSource;
  /** Default true. */
  readonly runsJobs?: boolean;
  /** Default: a new id, so that a restarted process is another instance. */
  readonly instance?: string;
}

/** Milliseconds that the relay may publish at the stop. Events that are left stay in their outboxes until the next start. */
const DRAIN_MS = 1_500;

/** Wires what every service needs around its database and its bus. It starts nothing. */
export const createPlatform = (parts: PlatformOptions): Platform => {
  const { name, connection, bus, metrics, keys, internalSecret, clock = systemClock, ids = uuidSource } = parts;
  const log = parts.log.child({ service: name });
  const instance = parts.instance ?? `${name}-${uuidSource.next()}`;
  const list = createRevocationList(clock);
  const spent = createSpentApprovals(connection);
  return {
    connection,
    bus,
    clock,
    ids,
    log,
    metrics,
    instance,
    runsJobs: parts.runsJobs ?? true,
    verifier: createTokenVerifier({ keys, audience: TOKEN_AUDIENCE, issuer: TOKEN_ISSUER, clock, revocations: list }),
    relay: createOutboxRelay({ bus, log, clock, metrics, drainMs: DRAIN_MS }),
    idempotency: createIdempotencyStore(connection),
    revocations: createRevocationStore({ connection, list, clock }),
    lease: createLease({ connection, instance, clock, onRenewalFailure: (error) => log.warn({ err: error }, 'could not renew a lease') }),
    serviceTokens: createServiceTokens({ secret: internalSecret, service: name, clock }),
    approvals: { ...createApprovals({ keys, clock, revocations: list, spent }), ensureIndexes: () => spent.ensureIndexes() },
    links: createSignedLinks({ secret: internalSecret, clock }),
    sealFor: (purpose) => createSeal(internalSecret, purpose),
  };
};
