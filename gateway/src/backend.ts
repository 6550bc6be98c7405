import type { ServiceName } from '@riparo/shared/contracts/topology';
import type { KeySource } from '@riparo/shared/http/key-source';
import type { OpenApiDocument } from '@riparo/shared/http/reference/describe-routes';
import type { ReadinessCheck, Service } from '@riparo/shared/http/service';
import type { RequestHandler } from 'express';

/** The services behind the gateway: in this process, or in other processes. */
export interface Backend {
  /** Services in this process: the app mounts their routers and includes their readiness checks. */
  readonly services: readonly Service[];
  readonly checks: () => Promise<readonly ReadinessCheck[]>;
  /** Passes a request to the service. */
  readonly forward: (service: ServiceName) => RequestHandler;
  /** The services' own API documents. A service that is away is left out, and `complete` is then false. */
  readonly describe: () => Promise<{ readonly documents: readonly OpenApiDocument[]; readonly complete: boolean }>;
  /** Auth's public keys: the gateway counts tokens that auth has signed apart from invented ones. */
  readonly keys: KeySource;
  /** Ends the streams that pass through, with a word to their clients. */
  readonly endStreams: () => void;
  readonly close: () => void;
}
