import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { Logger } from 'pino';
import { unavailable } from '../errors/common-errors.js';
import { systemClock, type Clock } from '../runtime/clock.js';

/** Finds a public key by `kid`; `undefined` when no such key exists. */
export interface KeySource {
  find(kid: string): Promise<KeyObject | undefined>;
}

/** One entry of `/.well-known/jwks.json` (RFC 7517). */
export type Jwk = JsonWebKey & { readonly kid: string };

export interface Jwks {
  readonly keys: readonly Jwk[];
}

/** Keys that are known beforehand: in auth itself, in the one-process mode, in tests. `keys` is called on every look-up. */
export const createStaticKeySource = (keys: () => ReadonlyMap<string, KeyObject>): KeySource => ({
  find: (kid) => Promise.resolve(keys().get(kid)),
});

export interface RemoteKeySourceOptions {
  /** One for each instance of auth, see `jwksOf`; when one does not answer, the next is asked. */
  readonly urls: readonly string[];
  readonly clock?: Clock;
  /** Shortest pause between two fetches, in ms; default 5,000. A flood of forged `kid`s thus costs auth one request in 5 s. */
  readonly cooldownMs?: number;
  /** Keys older than this many ms are fetched again in the background, so that a withdrawn key stops counting; default 600,000 (10 min). */
  readonly maxAgeMs?: number;
  readonly timeoutMs?: number;
  readonly log?: Pick<Logger, 'warn'>;
}

/** Where the instances of auth offer their keys. */
export const jwksOf = (addresses: readonly string[]): readonly string[] =>
  addresses.map((address) => new URL('/.well-known/jwks.json', address).href);

const parseJwks = (body: unknown): ReadonlyMap<string, KeyObject> => {
  const { keys } = body as Jwks;
  const signing = keys.filter((jwk) => jwk.kty === 'RSA' && typeof jwk.kid === 'string');
  return new Map(signing.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]));
};

const fetchKeys = async (url: string, timeoutMs: number): Promise<ReadonlyMap<string, KeyObject>> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return parseJwks(await response.json());
};

/**
 * Fetches auth's keys when it is asked for a key that it does not know, at most once per `cooldownMs`. While auth is
 * away, the known keys stay in use. Before the first successful fetch a look-up throws 503: the token may be good.
 */
export const createRemoteKeySource = (options: RemoteKeySourceOptions): KeySource => {
  const { urls, clock = systemClock, cooldownMs = 5_000, maxAgeMs = 600_000, timeoutMs = 3_000, log } = options;
  let keys: ReadonlyMap<string, KeyObject> | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;

  const load = async (): Promise<void> => {
    for (const url of urls)
      try {
        keys = await fetchKeys(url, timeoutMs);
        fetchedAt = clock.now().getTime();
        break;
      } catch (error) {
        log?.warn({ err: error, url }, 'could not fetch the token keys');
      }
    running = undefined;
  };
  const refresh = (): Promise<void> => {
    if (running !== undefined) return running;
    const now = clock.now().getTime();
    if (now - triedAt < cooldownMs) return Promise.resolve();
    triedAt = now;
    return (running = load());
  };

  return {
    find: async (kid) => {
      const known = keys?.get(kid);
      if (known !== undefined) {
        if (clock.now().getTime() - fetchedAt > maxAgeMs) void refresh();
        return known;
      }
      await refresh();
      if (keys === undefined) throw unavailable('The sign-in service', Math.ceil(cooldownMs / 1000));
      return keys.get(kid);
    },
  };
};
