import type { TravelSource } from '@riparo/shared/contracts/work-reports.events';
import type { Clock } from '@riparo/shared/runtime/clock';
import { counter } from '@riparo/shared/metrics/registry';
import { HOUR_MS } from '@riparo/shared/time/units';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Site, Travel } from '../slot/slot.js';
import type { Way } from '../slot/ways.js';
import { estimateKm, estimateMinutes, type EstimateRules } from './estimate.js';
import { legKey, starsOf, type Leg } from './leg.js';
import type { Road, TravelProvider } from './provider.js';
import { atMost } from '@riparo/shared/runtime/at-most';

/** One journey with its length. */
export interface Journey {
  /** With one decimal. */
  readonly distanceKm: number;
  readonly minutes: number;
  readonly source: Exclude<TravelSource, 'MANUAL'>;
}

export interface TravelTable {
  readonly minutes: Travel;
  /** `undefined` when the coordinates of one of the sites are not known. */
  readonly journey: (from: Site, to: Site) => Journey | undefined;
  /** The source of the times; `GREAT_CIRCLE`: no provider, estimated from the distance as the crow flies. */
  readonly provider: TravelProvider['name'] | 'GREAT_CIRCLE';
  /** True when at least one time is estimated from the distance alone. */
  readonly estimated: boolean;
}

/** Looks up the times of journeys before the search for slots, which asks no network service. Never fails: an unknown time is estimated. */
export type TravelTimes = (ways: readonly Way[]) => Promise<TravelTable>;

export interface TravelOptions {
  /** Default: none; every time is estimated. */
  readonly provider?: TravelProvider | undefined;
  readonly estimate: EstimateRules;
  readonly cacheHours: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Registry;
}

const MAX_CACHED = 100_000;
/** Limit of requests to the provider for one question. Legs beyond them are estimated until the next question. */
const MAX_REQUESTS = 8;
/** Milliseconds for which a provider that failed is not asked. Otherwise every search would wait for its timeout. */
const REST_MS = 30_000;

const NO_ROAD: Road = { seconds: -1 };

const SOURCES = { GOOGLE_MAPS: 'GOOGLE', OSRM: 'OSRM' } as const satisfies Readonly<Record<TravelProvider['name'], TravelSource>>;

const oneDecimal = (km: number): number => Math.round(km * 10) / 10;

/** Logs neither the message nor the error: both can hold the address with its key. */
const reasonOf = (error: unknown): string => {
  const { name, code } = error as { readonly name?: string; readonly code?: unknown };
  return [name, code].filter((part) => typeof part === 'string').join(' ');
};

const legsOf = (ways: readonly Way[]): readonly Leg[] => {
  const legs = ways.flatMap(([from, to]) =>
    from.point === undefined || to.point === undefined || from.key === to.key ? [] : [{ from: from.point, to: to.point }],
  );
  return [...new Map(legs.map((leg) => [legKey(leg), leg])).values()];
};

export const createTravelTimes = ({ provider, estimate, cacheHours, clock, log, metrics }: TravelOptions): TravelTimes => {
  const known = new LRUCache<string, Road>({
    ...atMost(MAX_CACHED),
    ttl: cacheHours * HOUR_MS,
    ttlResolution: 0,
    perf: { now: () => clock.now().getTime() },
  });
  const requests = counter(metrics, {
    name: 'travel_requests_total',
    help: 'Questions to the provider of travel times by how they ended',
    labelNames: ['provider', 'outcome'],
  });
  let restsUntil = 0;

  const ask = async (from: TravelProvider, legs: readonly Leg[]): Promise<void> => {
    if (legs.length === 0 || clock.now().getTime() < restsUntil) return;
    const stars = starsOf(legs, from.maxLegs).slice(0, MAX_REQUESTS);
    const answers = await Promise.allSettled(
      stars.map(async (star) => {
        const roads = await from.roads(star);
        star.forEach((leg, index) => known.set(legKey(leg), roads[index] ?? NO_ROAD));
      }),
    );
    for (const answer of answers) {
      requests.inc({ provider: from.name, outcome: answer.status === 'fulfilled' ? 'answered' : 'failed' });
      if (answer.status === 'fulfilled') continue;
      restsUntil = clock.now().getTime() + REST_MS;
      log.warn({ provider: from.name, reason: reasonOf(answer.reason) }, 'travel times are estimated, their provider does not answer');
    }
  };

  /** A copy of the known times: later answers to other questions do not change it. */
  const tableOf = (legs: readonly Leg[]): ReadonlyMap<string, Road> =>
    new Map(legs.map((leg) => [legKey(leg), known.get(legKey(leg)) ?? NO_ROAD] as const).filter(([, road]) => road !== NO_ROAD));

  const minutesOf = (leg: Leg, road: Road | undefined): number =>
    Math.ceil(road === undefined ? estimateMinutes(leg, estimate) : road.seconds / 60);

  const journeyOf = (leg: Leg, road: Road | undefined): Journey => ({
    distanceKm: oneDecimal(road?.metres === undefined ? estimateKm(leg, estimate) : road.metres / 1_000),
    minutes: minutesOf(leg, road),
    source: road === undefined || provider === undefined ? 'ESTIMATE' : SOURCES[provider.name],
  });

  return async (ways) => {
    const legs = legsOf(ways);
    if (provider !== undefined)
      await ask(
        provider,
        legs.filter((leg) => !known.has(legKey(leg))),
      );
    const table = tableOf(legs);
    const guessed = provider === undefined || (legs.length > 0 && table.size === 0);
    return {
      minutes: (from, to) => {
        if (from.point === undefined || to.point === undefined || from.key === to.key) return 0;
        const leg = { from: from.point, to: to.point };
        return minutesOf(leg, table.get(legKey(leg)));
      },
      journey: (from, to) => {
        if (from.key === to.key) return { distanceKm: 0, minutes: 0, source: 'ESTIMATE' };
        if (from.point === undefined || to.point === undefined) return undefined;
        const leg = { from: from.point, to: to.point };
        return journeyOf(leg, table.get(legKey(leg)));
      },
      provider: guessed ? 'GREAT_CIRCLE' : provider.name,
      estimated: provider === undefined || table.size < legs.length,
    };
  };
};
