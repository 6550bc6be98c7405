import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Approvals } from '../http/approvals.js';
import type { TokenVerifier } from '../http/authenticate.js';
import type { ServiceTokens } from '../http/service-token.js';
import type { SignedLinks } from '../http/signed-link.js';
import type { Bus } from '../messaging/bus.js';
import type { RunningRelay } from '../messaging/outbox-relay.js';
import type { MongoIdempotencyStore } from '../persistence/idempotency-store.js';
import type { Lease } from '../persistence/lease.js';
import type { RevocationStore } from '../persistence/revocation-store.js';
import type { Clock } from '../runtime/clock.js';
import type { IdSource } from '../runtime/ids.js';

/** What a composition root is given; the one-process mode and `run-service` each make one per service. */
export interface Platform {
  /** The service's own database. */
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly verifier: TokenVerifier;
  /** Names this running instance, for leases. */
  readonly instance: string;
  /** Publishes what this service's repositories save. `assembleService` starts and stops it. */
  readonly relay: RunningRelay;
  readonly idempotency: MongoIdempotencyStore;
  readonly revocations: RevocationStore;
  readonly lease: Lease;
  /** Proves this service to others, and others to it, on `/internal/*`. */
  readonly serviceTokens: ServiceTokens;
  /** Accepts what somebody confirmed with their password a moment ago, once; its memory is this service's database. */
  readonly approvals: Approvals & { ensureIndexes(): Promise<void> };
  /** Links in mails that work without login. */
  readonly links: SignedLinks;
}
