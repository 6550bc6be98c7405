import { eventually } from '@riparo/shared/testing/eventually';
import type { System } from '../systems/system.js';
import type { Answer, Persist, Problem } from './person.js';

/** The moment of a kill: when the `count`th writing request is sent, or acknowledged. */
interface KillPoint {
  readonly at: 'sent' | 'acknowledged';
  readonly count: number;
}

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** One random point in each of `kills` equal parts of `requests`, away from the very end. */
export const planKills = (seed: number, kills: number, requests: number): readonly KillPoint[] => {
  const random = randomFrom(seed);
  const part = requests / kills;
  return Array.from({ length: kills }, (_, index) => ({
    at: random() < 0.5 ? 'sent' : 'acknowledged',
    count: 1 + Math.floor(part * (index + 0.9 * random())),
  }));
};

/** What says "not done, or not known to be done: ask again", as a careful client takes it. */
const isUnsettled = ({ status, body }: Answer<unknown>): boolean =>
  [429, 502, 503, 504].includes(status) || (status === 409 && (body as Problem).code === 'REQUEST_IN_PROGRESS');

export interface Kills {
  /** For every client: waits while everything is down, repeats what was not acknowledged. */
  readonly persist: Persist;
  /** From now on requests count. */
  arm(): void;
  /** How often everything was killed. */
  done(): number;
}

/** Kills every process at the planned points and starts them again on the same data. */
export const createKills = (system: System, plan: readonly KillPoint[]): Kills => {
  const counts = { sent: 0, acknowledged: 0 };
  const ahead = [...plan];
  let armed = false;
  let outage: Promise<void> = Promise.resolve();

  const killAndStart = async (): Promise<void> => {
    await system.kill();
    await system.start();
  };
  const count = (what: KillPoint['at']): void => {
    if (!armed) return;
    counts[what]++;
    const [next] = ahead;
    if (next === undefined || counts[next.at] < next.count) return;
    ahead.shift();
    outage = killAndStart();
  };

  const persist: Persist = (method, attempt) => {
    let sent = method === 'GET';
    return eventually(
      async () => {
        await outage;
        const answering = attempt();
        if (!sent) count('sent');
        sent = true;
        const answer = await answering;
        if (isUnsettled(answer)) throw new Error(`still ${answer.status}: ${JSON.stringify(answer.body)}`);
        if (method !== 'GET') count('acknowledged');
        return answer;
      },
      { everyMs: 50 },
    );
  };
  return {
    persist,
    arm: () => {
      armed = true;
    },
    done: () => plan.length - ahead.length,
  };
};
