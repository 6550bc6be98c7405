import autocannon from 'autocannon';
import { cpuSeconds } from './process-stats.js';

export interface LoadOptions {
  readonly title: string;
  readonly url: string;
  /** Taken in turn by each connection. */
  readonly paths: readonly string[];
  readonly token: string;
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly connections: number;
  readonly seconds: number;
  /** So many requests to warm up and to measure, instead of so many seconds: the same work on a busy machine too. */
  readonly requests?: { readonly warmUp: number; readonly measured: number };
  /** Whose CPU time counts. */
  readonly pids: () => readonly number[];
}

export interface Figures {
  readonly title: string;
  /** Answers with a 2xx status per second. */
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
  readonly cpuPer1000: number;
}

type Amount = { readonly duration: number } | { readonly amount: number };

const fire = ({ url, paths, token, method = 'GET', body, connections }: LoadOptions, amount: Amount): Promise<autocannon.Result> =>
  autocannon({
    url,
    connections,
    ...amount,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    requests: paths.map((path) => ({ method, path: `/api/v1${path}`, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })),
  });

/** Two seconds (or so many requests) to warm up, then the measured run. */
export const measure = async (options: LoadOptions): Promise<Figures> => {
  const { seconds, requests } = options;
  await fire(options, requests === undefined ? { duration: 2 } : { amount: requests.warmUp });
  const pids = options.pids();
  const before = cpuSeconds(pids);
  const result = await fire(options, requests === undefined ? { duration: seconds } : { amount: requests.measured });
  const used = cpuSeconds(pids) - before;
  const succeeded = result['2xx'];
  return {
    title: options.title,
    perSecond: Math.round(succeeded / result.duration),
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: result.non2xx + result.errors + result.timeouts,
    cpuPer1000: Number(((used / succeeded) * 1000).toFixed(2)),
  };
};
