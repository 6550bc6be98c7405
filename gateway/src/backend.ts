import type { ServiceName } from '@riparo/shared/contracts/topology';
import type { OpenApiDocument } from '@riparo/shared/http/openapi';
import type { ReadinessCheck, Service } from '@riparo/shared/http/service';
import type { RequestHandler } from 'express';

/** What is behind the gateway: services in this process, or processes elsewhere. */
export interface Backend {
  /** Mounted by the app itself, with their readiness. */
  readonly services: readonly Service[];
  readonly checks: () => Promise<readonly ReadinessCheck[]>;
  /** Hands a request to the service that answers its path. */
  readonly forward: (service: ServiceName) => RequestHandler;
  /** The services' own references; one that is away is left out. */
  readonly describe: () => Promise<{ readonly documents: readonly OpenApiDocument[]; readonly complete: boolean }>;
  readonly close: () => void;
}
