import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that gives out what it is told to, and remembers what it was asked. */
export interface FakeRoads {
  readonly url: string;
  readonly asked: URL[];
  /** `undefined`: it never answers. */
  answer: ((url: URL) => { readonly status?: number; readonly body: unknown } | undefined) | undefined;
  stop(): Promise<void>;
}

export const startFakeRoads = async (): Promise<FakeRoads> => {
  const asked: URL[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    asked.push(url);
    const answer = roads.answer?.(url);
    if (answer === undefined) return;
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const roads: FakeRoads = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: undefined,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return roads;
};

/** As OSRM answers a table: `seconds` for each pair of what was asked; an old server tells no lengths. */
export const osrmTable = (url: URL, seconds: (from: number, to: number) => number | null, metres: number | null = null) => {
  const pick = (name: string): readonly number[] => (url.searchParams.get(name) ?? '').split(';').map(Number);
  const durations = pick('sources').map((from) => pick('destinations').map((to) => seconds(from, to)));
  const distances = metres === null ? {} : { distances: durations.map((row) => row.map(() => metres)) };
  return { body: { code: 'Ok', durations, ...distances } };
};

/** As Google answers a distance matrix. */
export const googleMatrix = (url: URL, seconds: (from: number, to: number) => number | null, metres: number | null = 1) => {
  const count = (name: string): number => (url.searchParams.get(name) ?? '').split('|').length;
  const rows = Array.from({ length: count('origins') }, (_, from) => ({
    elements: Array.from({ length: count('destinations') }, (__, to) => {
      const value = seconds(from, to);
      return value === null
        ? { status: 'ZERO_RESULTS' }
        : { status: 'OK', duration: { value, text: '' }, ...(metres === null ? {} : { distance: { value: metres, text: '' } }) };
    }),
  }));
  return { body: { status: 'OK', origin_addresses: [], destination_addresses: [], rows } };
};
