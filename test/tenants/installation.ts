import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allInOneKeys } from '@riparo/all-in-one/config';
import { startAllInOne, type AllInOne } from '@riparo/all-in-one/start';
import { createApp } from '@riparo/shared/http/create-app';
import { createServiceTokens } from '@riparo/shared/http/service-token';
import { listen } from '@riparo/shared/composition/http-server';
import { loadConfig } from '@riparo/shared/config/load-config';
import type { Caller } from '@riparo/shared/contracts/caller';
import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '@riparo/shared/http/authenticate';
import { connectMongo } from '@riparo/shared/persistence/connection';
import { createHttpClient, type HttpClient } from '@riparo/shared/testing/http-client';
import { startEmbeddedMongo } from 'embedded-mongo';
import jsonwebtoken from 'jsonwebtoken';
import { pino } from 'pino';
import { Registry } from 'prom-client';

export const METRICS_TOKEN = 'a token for the metrics of tenants';
const INTERNAL_SECRET = 'a secret for tests only, of 32 or more characters';
const LIFETIME_S = 3_600;

export type Database = NonNullable<Awaited<ReturnType<typeof connectMongo>>['db']>;

/** A whole installation in this process, with the signing key in the hands of the test. */
export interface Installation extends Pick<AllInOne, 'services' | 'bus'> {
  /** Through the gateway, as everybody. */
  readonly api: HttpClient;
  /** Past the gateway, where services call each other. */
  readonly inside: HttpClient;
  readonly url: string;
  /** Only the holder of the signing key can make a token of a second tenant: no door leads to one. */
  tokenOf(caller: Omit<Caller, 'sessionId'> & { readonly sessionId?: string }): string;
  serviceToken(): string;
  /** The databases of the services, and that of the bus. */
  databases(): Promise<readonly Database[]>;
  stop(): Promise<void>;
}

const signer = (privateKey: string, kid: string): Installation['tokenOf'] => {
  const iat = Math.floor(Date.now() / 1_000);
  return ({ tenantId, userId, customerId, sessionId = randomUUID(), ...rest }) => {
    const customer = customerId === undefined ? {} : { customer: customerId };
    const who = { sub: userId, tenant: tenantId, ...customer, ...rest, sid: sessionId, epoch: 1, typ: 'access' };
    const claims = { ...who, iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE, iat, exp: iat + LIFETIME_S };
    return jsonwebtoken.sign(claims, privateKey, { algorithm: 'RS256', keyid: kid });
  };
};

/** `env` is added to its configuration. */
export const openInstallation = async (env: Readonly<Record<string, string>> = {}): Promise<Installation> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'riparo-tenants-'));
  const mongo = await startEmbeddedMongo({ dataDir: join(dataDir, 'mongo'), port: 0, worker: true });
  const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const log = pino({ level: 'silent' });
  const running = await startAllInOne({
    config: loadConfig(allInOneKeys, {
      PORT: '0',
      DATA_DIR: dataDir,
      MONGO_URL: mongo.url,
      JWT_PRIVATE_KEY: privateKey,
      INTERNAL_SECRET,
      METRICS_TOKEN,
      ADMIN_EMAIL: 'owner@example.com',
      BCRYPT_COST: '4',
      RATE_LIMIT_PER_MINUTE: '0',
      NOTIFY_CRON: '* * * * * *',
      NOTIFY_HOLD_SECONDS: '0',
      ...env,
    }),
    log,
    onInitialAdmin: () => undefined,
    onDatabaseFailure: (error) => {
      throw error;
    },
  });
  const inside = await listen(createApp({ name: 'inside', log, metrics: new Registry(), services: running.services }), { port: 0 });
  const url = `http://127.0.0.1:${running.port}`;
  const { keys } = (await (await fetch(`${url}/.well-known/jwks.json`)).json()) as { keys: readonly { kid: string }[] };
  const serviceTokens = createServiceTokens({ secret: INTERNAL_SECRET, service: 'tickets' });
  const names = [...running.services.map(({ name }) => name), 'bus'];
  const connections = await Promise.all(names.map((name) => connectMongo({ url: mongo.url, database: `riparo_${name}`, maxPoolSize: 2 })));
  return {
    services: running.services,
    bus: running.bus,
    url,
    api: createHttpClient(url),
    inside: createHttpClient(`http://127.0.0.1:${inside.port}`),
    tokenOf: signer(privateKey, keys[0]?.kid ?? ''),
    serviceToken: () => serviceTokens.mint(),
    databases: () => Promise.resolve(connections.map(({ db }) => db as Database)),
    stop: async () => {
      await inside.close({ idleGraceMs: 0 });
      await running.stop();
      await Promise.all(connections.map((connection) => connection.close()));
      await mongo.stop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
