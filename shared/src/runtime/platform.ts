import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { TokenVerifier } from '../http/authenticate.js';
import type { Bus } from '../messaging/bus.js';
import type { Clock } from './clock.js';
import type { IdSource } from './ids.js';

/** What a composition root is given; the one-process mode and `run` each make one per service. */
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
}
