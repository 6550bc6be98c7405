import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { CustomerUpdated } from '@riparo/shared/contracts/auth.events';
import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { Webhook } from 'standardwebhooks';
import { startBench, type Bench, type BenchOptions } from '../bench.js';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Behaviour = (response: ServerResponse, count: number) => void;

export interface Receiver {
  readonly url: string;
  readonly port: number;
  readonly got: Received[];
  /** What it answers from now on; default 204. */
  behave(behaviour: Behaviour): void;
  stop(): Promise<void>;
}

export const answering =
  (status: number, headers: Record<string, string> = {}, body = ''): Behaviour =>
  (response) => {
    response.writeHead(status, headers).end(body);
  };
/** Takes the request and never answers. */
export const hanging: Behaviour = () => undefined;

/** A system that is told of events. */
export const startReceiver = async (host = '127.0.0.1'): Promise<Receiver> => {
  const got: Received[] = [];
  let behaviour: Behaviour = answering(204);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      behaviour(response, got.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}/hook`,
    port,
    got,
    behave: (next) => {
      behaviour = next;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** As a receiver does it: throws when the signature is not right. */
export const verified = (secret: string, { headers, body }: Received): Record<string, unknown> =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as Record<string, unknown>;

export const OPEN = { WEBHOOKS_ALLOW_HTTP: true, WEBHOOKS_ALLOW_PRIVATE: true, WEBHOOK_TIMEOUT_MS: 1_000 } as const;

export const startHooks = (options: BenchOptions = {}): Promise<Bench> =>
  startBench({ ...options, config: { ...OPEN, ...options.config } });

export interface Made {
  readonly id: string;
  readonly secret: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

export const admin = (bench: Bench, tenantId?: string): string =>
  bench.tokenFor({ role: 'ADMIN', ...(tenantId === undefined ? {} : { tenantId }) });

export const makeHook = async (bench: Bench, url: string, more: object = {}): Promise<Made> => {
  const made = await bench.api.post<Made>('/webhooks', { url, events: ['customers.*'], ...more }, { token: admin(bench) });
  expect(made.status, made.text).to.equal(201);
  return made.body.data;
};

export interface Shown {
  readonly id: string;
  readonly status: string;
  readonly nextAttemptAt?: string;
  readonly attempts: readonly { readonly error?: string; readonly statusCode?: number; readonly answer?: string }[];
}

export const deliveriesOf = async (bench: Bench, id: string, query = ''): Promise<readonly Shown[]> => {
  const listed = await bench.api.get<readonly Shown[]>(`/webhooks/${id}/deliveries${query}`, { token: admin(bench) });
  expect(listed.status, listed.text).to.equal(200);
  return listed.body.data;
};

export const readHook = async (bench: Bench, id: string): Promise<Made & { readonly active: boolean }> =>
  (await bench.api.get<Made & { readonly active: boolean }>(`/webhooks/${id}`, { token: admin(bench) })).body.data;

/** Something happens of which webhooks of customers are told; resolves when nothing is being delivered. */
export const tell = async (bench: Bench, subject: string = randomUUID(), version = 1, tenantId?: string): Promise<string> => {
  const customer = { id: subject, type: 'BUSINESS', name: 'Studio Verdi', contactEmail: 'verdi@example.test', status: 'ACTIVE' } as const;
  const origin = { subject, version, ...(tenantId === undefined ? {} : { tenantId }) };
  await bench.publish(CustomerUpdated, { customer }, origin);
  await bench.service.deliverWebhooks();
  return subject;
};

/** Waits until the next attempt of the newest delivery is due, and makes it. */
export const tryAgain = async (bench: Bench, id: string): Promise<Shown> => {
  const [before] = await deliveriesOf(bench, id);
  bench.clock.set(before?.nextAttemptAt ?? bench.clock.now());
  await bench.service.deliverWebhooks();
  const [after] = await deliveriesOf(bench, id);
  expect(after).to.not.equal(undefined);
  return after as Shown;
};

export const until = eventually;
