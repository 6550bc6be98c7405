import type { Router } from 'express';
import type { Route } from './route.js';

/** One dependency's state for `/health/ready`. */
export interface ReadinessCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly detail?: string;
}

/** A service as a value: a composition root makes it; `run` or the one-process mode starts and stops it. */
export interface Service {
  readonly name: string;
  /** Serves every endpoint under `/api/v1` and at the root. The gateway mounts it, or an HTTP server of its own. */
  readonly router: Router;
  /** The same endpoints as a table, for the API reference. */
  readonly routes: readonly Route[];
  /** What it does by the clock. The demo, whose days pass in moments, runs them itself. */
  readonly jobs: readonly { readonly name: string; readonly run: () => Promise<void> }[];
  /** Makes indexes, loads replicas, subscribes, starts jobs. When it resolves, the service is ready. */
  start(): Promise<void>;
  /**
   * Ends the jobs under way, then the relay, then what `onStop` ends. The service's consumers stop with the bus, which
   * the process stops. Idempotent.
   */
  stop(): Promise<void>;
  ready(): Promise<readonly ReadinessCheck[]>;
  /** Ends the answers that would go on for ever, with a word to their clients. The process calls it before it closes its server. */
  endStreams?(): void;
}
