import { createRegistry } from '@riparo/shared/metrics/registry';
import { systemClock } from '@riparo/shared/runtime/clock';
import { listen, type CloseOptions } from '@riparo/shared/composition/http-server';
import { createHttpClient, type HttpClient } from '@riparo/shared/testing/http-client';
import { createTestTokens, type TestTokens } from '@riparo/shared/testing/test-tokens';
import { pino } from 'pino';
import type { Backend } from '../src/backend.js';
import { loadGatewayConfig, type GatewayConfig } from '../src/config.js';
import { createGateway } from '../src/create-gateway.js';
import { createRemoteBackend } from '../src/remote-backend.js';
import { startUpstream, type Upstream } from './upstream.js';

export interface GatewayBench {
  readonly api: HttpClient;
  readonly url: string;
  readonly port: number;
  /** Two instances of tickets. */
  readonly tickets: readonly [Upstream, Upstream];
  /** Every other service, in one place. */
  readonly others: Upstream;
  readonly tokens: TestTokens;
  close(): Promise<void>;
  stop(): Promise<void>;
}

export const serveGateway = async (backend: Backend, config: Partial<GatewayConfig> = {}, metricsToken?: string) => {
  const log = pino({ level: 'silent' });
  const full = { ...loadGatewayConfig({}), ...config };
  const app = createGateway({ backend, config: full, log, metrics: createRegistry(), metricsToken });
  const server = await listen(app, { port: 0, webSockets: true });
  const url = `http://127.0.0.1:${server.port}`;
  // What answers behind it stands in for the services.
  return {
    api: createHttpClient(url, { checked: false }),
    url,
    port: server.port,
    close: (options?: CloseOptions) => server.close(options),
  };
};

export const startGateway = async (config: Partial<GatewayConfig> = {}, metricsToken?: string): Promise<GatewayBench> => {
  const [first, second, others] = [await startUpstream(), await startUpstream(), await startUpstream()];
  const other = [others.url];
  const tokens = createTestTokens(systemClock);
  const backend = createRemoteBackend({
    urls: { auth: other, tickets: [first.url, second.url], assets: other, notifications: other, reports: other, billing: other },
    timeoutMs: config.UPSTREAM_TIMEOUT_MS ?? 2_000,
    clock: systemClock,
    keys: tokens.keys,
    maxAgeMs: 500,
  });
  const served = await serveGateway(backend, config, metricsToken);
  return {
    ...served,
    tokens,
    tickets: [first, second],
    others,
    stop: async () => {
      await served.close({ idleGraceMs: 0 });
      backend.close();
      await Promise.all([first, second, others].map((upstream) => upstream.kill()));
    },
  };
};
