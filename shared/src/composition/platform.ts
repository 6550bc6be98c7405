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
import type { Seal } from '../runtime/seal.js';

/** What a service's composition root is given. The one-process mode and `runService` each make one platform per service. */
export interface Platform {
  /** The service's own database. */
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly verifier: TokenVerifier;
  /** Whether jobs start by the clock. `false` where somebody else runs them, at moments of a clock of their own. */
  readonly runsJobs: boolean;
  /** Name of this running instance. Leases are held under it. */
  readonly instance: string;
  /** Publishes what this service's repositories save. `assembleService` starts and stops it. */
  readonly relay: RunningRelay;
  readonly idempotency: MongoIdempotencyStore;
  readonly revocations: RevocationStore;
  readonly lease: Lease;
  /** Makes and checks the tokens of calls between services on `/internal/*`. */
  readonly serviceTokens: ServiceTokens;
  /**
   * Accepts a step-up approval (the user entered the password again a moment ago), each one once. The used approvals are
   * in this service's database.
   */
  readonly approvals: Approvals & { ensureIndexes(): Promise<void> };
  /** Signed links for mails. They work without a login. */
  readonly links: SignedLinks;
  /** Seals secrets of one purpose with a key that comes from `INTERNAL_SECRET`. */
  readonly sealFor: (purpose: string) => Seal;
}
