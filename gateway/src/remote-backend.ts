import type { ServiceName } from '@riparo/shared/contracts/topology';
import type { KeySource } from '@riparo/shared/http/key-source';
import type { OpenApiDocument } from '@riparo/shared/http/reference/describe-routes';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { ReadinessCheck } from '@riparo/shared/http/service';
import type { RequestHandler } from 'express';
import type { Backend } from './backend.js';
import { createBalancingAgent } from './proxy/balancing-agent.js';
import { createEndpoints, type Endpoint, type Endpoints } from './proxy/endpoints.js';
import { createOpenStreams } from './proxy/open-streams.js';
import { createUpgradePassage } from './proxy/pass-upgrade.js';
import { createProxyTo, type ProxyOptions } from './proxy/proxy-to.js';
import { isStream } from './route-table.js';

export interface RemoteBackendOptions {
  readonly urls: Readonly<Record<ServiceName, readonly string[]>>;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Auth's public keys. */
  readonly keys: KeySource;
  /** Greatest age of a connection, in ms; default 5,000. */
  readonly maxAgeMs?: number;
}

/** Milliseconds that the gateway waits for answers to its own requests (readiness, references). */
const ASK_MS = 2_500;

const originOf = ({ host, port }: Endpoint): string => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

const ask = (endpoint: Endpoint, path: string): Promise<Response> =>
  fetch(`${originOf(endpoint)}${path}`, { signal: AbortSignal.timeout(ASK_MS), headers: { connection: 'close' } });

/** A service is ready when one of its instances is ready: requests skip an instance that is down. */
const checkService = async (name: string, endpoints: Endpoints): Promise<ReadinessCheck> => {
  const candidates = await endpoints.candidates();
  const answers = await Promise.allSettled(
    candidates.map(async (endpoint) => {
      const response = await ask(endpoint, '/health/ready');
      await response.body?.cancel();
      if (!response.ok) throw new Error(`answers ${response.status}`);
    }),
  );
  if (answers.some(({ status }) => status === 'fulfilled')) return { name, ok: true };
  const reachable = answers.some((answer) => answer.status === 'rejected' && String(answer.reason).includes('answers'));
  return { name, ok: false, detail: reachable ? 'not ready' : 'no instance answers' };
};

const describeService = async (endpoints: Endpoints): Promise<OpenApiDocument | undefined> => {
  for (const endpoint of await endpoints.candidates()) {
    const [answer] = await Promise.allSettled([ask(endpoint, '/openapi.json')]);
    if (answer.status === 'fulfilled' && answer.value.ok) return (await answer.value.json()) as OpenApiDocument;
  }
  return undefined;
};

/** Passes on what goes on for as long as the client listens: server-sent events and WebSockets. */
const createStreamPassage = (options: ProxyOptions) => {
  const [events, sockets] = [createOpenStreams(), createUpgradePassage(options)];
  const proxy = createProxyTo(options);
  const handler: RequestHandler = (request, response, next) =>
    sockets.handler(request, response, (error?: unknown) => {
      if (error === undefined) events.watch(request, response, () => void proxy(request, response, next));
      else next(error);
    });
  return {
    handler,
    end: () => {
      events.end();
      sockets.end();
    },
  };
};

/** Services in processes of their own, each with one or several instances. */
export const createRemoteBackend = ({ urls, timeoutMs, clock, keys, maxAgeMs }: RemoteBackendOptions): Backend => {
  const parts = Object.entries(urls).map(([name, addresses]) => {
    const endpoints = createEndpoints({ urls: addresses, clock });
    const agent = createBalancingAgent(endpoints, maxAgeMs);
    // Streams have connections of their own: each keeps one, and requests would soon find none free.
    const streamAgent = createBalancingAgent(endpoints, maxAgeMs, Infinity);
    const streams = createStreamPassage({ service: name, agent: streamAgent, timeoutMs });
    return { name, endpoints, agents: [agent, streamAgent], streams, proxy: createProxyTo({ service: name, agent, timeoutMs }) };
  });
  const proxies = new Map<string, RequestHandler>(
    parts.map(({ name, proxy, streams }) => [
      name,
      (request, response, next) => (isStream(request.path) ? streams.handler : proxy)(request, response, next),
    ]),
  );
  return {
    services: [],
    keys,
    checks: () => Promise.all(parts.map(({ name, endpoints }) => checkService(name, endpoints))),
    forward: (service) => proxies.get(service) ?? ((_request, _response, next) => next()),
    describe: async () => {
      const found = await Promise.all(parts.map(({ endpoints }) => describeService(endpoints)));
      const documents = found.filter((document) => document !== undefined);
      return { documents, complete: documents.length === parts.length };
    },
    endStreams: () => {
      for (const { streams } of parts) streams.end();
    },
    close: () => {
      for (const agent of parts.flatMap(({ agents }) => agents)) agent.destroy();
    },
  };
};
