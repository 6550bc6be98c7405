import { lookup as dnsLookup } from 'node:dns/promises';
import type { Clock } from '@riparo/shared/runtime/clock';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** The instances of one service. */
export interface Endpoints {
  /** All instances, each time starting with another one: `a b c`, `b c a`, `c a b`. Instances that refused a moment ago come last. */
  candidates(): Promise<readonly Endpoint[]>;
  /** Marks an instance that does not answer. For 2 s it comes last. */
  avoid(endpoint: Endpoint): void;
}

export interface EndpointsOptions {
  readonly urls: readonly string[];
  readonly clock: Clock;
  /** Resolves a host name to its addresses; default: the system's resolver. */
  readonly lookup?: (host: string) => Promise<readonly string[]>;
}

/** Milliseconds for which an instance that refused comes last. */
const AVOID_MS = 2_000;
/** Milliseconds for which the addresses of a name are kept: a new instance gets its share of requests about 5 s later. */
const LOOKUP_MS = 5_000;

const systemLookup = async (host: string): Promise<readonly string[]> => {
  const found = await dnsLookup(host, { all: true });
  // Only addresses of one family: a dual-stack name such as localhost would otherwise list the same instance twice.
  const family = found[0]?.family;
  return found.filter((one) => one.family === family).map(({ address }) => address);
};

const keyOf = ({ host, port }: Endpoint): string => `${host}:${port}`;

export const createEndpoints = ({ urls, clock, lookup = systemLookup }: EndpointsOptions): Endpoints => {
  const origins = urls
    .map((url) => new URL(url))
    .map(({ hostname, port }) => ({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) }));
  const avoided = new Map<string, number>();
  let known: readonly Endpoint[] = [];
  let knownUntil = 0;
  let resolving: Promise<readonly Endpoint[]> | undefined;
  let turn = 0;

  const resolve = async (): Promise<readonly Endpoint[]> => {
    const perName = await Promise.allSettled(
      origins.map(async ({ host, port }) => (await lookup(host)).map((address) => ({ host: address, port }))),
    );
    const found = perName.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    // While the name server is away, the addresses that worked before stay in use.
    if (found.length > 0) known = found;
    knownUntil = clock.now().getTime() + LOOKUP_MS;
    return known;
  };

  const current = async (): Promise<readonly Endpoint[]> => {
    if (clock.now().getTime() < knownUntil) return known;
    resolving ??= resolve().finally(() => {
      resolving = undefined;
    });
    // Only the first request waits for the look-up; later ones use the known addresses meanwhile.
    return known.length > 0 ? known : resolving;
  };

  const isAvoided = (endpoint: Endpoint): boolean => (avoided.get(keyOf(endpoint)) ?? 0) > clock.now().getTime();

  return {
    candidates: async () => {
      const all = await current();
      const first = all.length === 0 ? 0 : turn++ % all.length;
      const rotated = [...all.slice(first), ...all.slice(0, first)];
      return [...rotated.filter((one) => !isAvoided(one)), ...rotated.filter(isAvoided)];
    },
    avoid: (endpoint) => {
      avoided.set(keyOf(endpoint), clock.now().getTime() + AVOID_MS);
    },
  };
};
