import type { Router } from 'express';
import type { Route } from './route.js';

/** One dependency's state for `/health/ready`. */
export interface ReadinessCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly detail?: string;
}

/** A service is a value: composition roots make it, `run` or the one-process mode starts and stops it. */
export interface Service {
  readonly name: string;
  /** Every endpoint under `/api/v1` and the root, mountable by the gateway or by an HTTP server of its own. */
  readonly router: Router;
  /** The same endpoints as a table, for the API reference. */
  readonly routes: readonly Route[];
  /** Indexes, replicas, subscriptions, cron: ready to serve when it resolves. */
  start(): Promise<void>;
  /** Stops taking work, finishes what runs, in the order consumers, cron, relay. Idempotent. */
  stop(): Promise<void>;
  ready(): Promise<readonly ReadinessCheck[]>;
}
