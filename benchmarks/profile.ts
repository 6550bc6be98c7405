/**
 * `npm run bench -- --profile [--only TEXT]`: CPU profiles of the main thread and the database's thread for one scenario
 * after the other, as files for any viewer of `.cpuprofile`, and a table of where the time goes.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect, type CpuProfile, type ProfileNode, type Thread } from './devtools.js';
import { measure, type LoadOptions } from './load.js';

/** Microseconds between two samples. */
const INTERVAL = 250;
const REQUESTS = { warmUp: 500, measured: 2_000 };
const TOP = 15;

/** What is not work: the thread waits. */
const IDLE = new Set(['(idle)', '(root)']);

/** Of the files of this project its package, of others theirs; Node's own parts are one. */
const libraryOf = ({ callFrame: { url, functionName } }: ProfileNode): string => {
  if (functionName.startsWith('(')) return functionName;
  const packages = [...url.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)];
  const own = /\/(shared|gateway|embedded-mongo|all-in-one|services\/[^/]+)\/(?:dist|node_modules)?/.exec(url);
  return packages.at(-1)?.[1] ?? own?.[1] ?? (url.startsWith('node:') ? 'node' : '(native)');
};

const functionOf = ({ callFrame: { url, functionName, lineNumber } }: ProfileNode): string =>
  `${functionName || '(anonymous)'} ${url.split('/').slice(-2).join('/')}${url === '' ? '' : `:${lineNumber + 1}`}`;

export interface Share {
  readonly name: string;
  readonly ms: number;
}

/** Milliseconds that each name was at the top of the stack, most first; waiting is left out. */
export const sharesOf = (profile: CpuProfile, nameOf: (node: ProfileNode) => string): readonly Share[] => {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const sums = new Map<string, number>();
  for (const [index, id] of profile.samples.entries()) {
    const node = nodes.get(id);
    if (node === undefined || IDLE.has(node.callFrame.functionName)) continue;
    const name = nameOf(node);
    // A sample stands for the time until the next one.
    sums.set(name, (sums.get(name) ?? 0) + (profile.timeDeltas[index + 1] ?? 0) / 1_000);
  }
  return [...sums].map(([name, ms]) => ({ name, ms })).sort((one, other) => other.ms - one.ms);
};

const tableOf = (title: string, shares: readonly Share[], requests: number): string => {
  const total = shares.reduce((sum, { ms }) => sum + ms, 0);
  const line = ({ name, ms }: Share): string => `| ${name} | ${(ms / requests).toFixed(3)} | ${((ms / total) * 100).toFixed(1)} % |`;
  return [
    `| ${title} | ms per request | share |`,
    '|---|---|---|',
    line({ name: 'all of it', ms: total }),
    ...shares.slice(0, TOP).map(line),
  ].join('\n');
};

const whileProfiled = async (threads: readonly Thread[], work: () => Promise<void>): Promise<readonly CpuProfile[]> => {
  for (const { send } of threads) {
    await send('Profiler.enable');
    await send('Profiler.setSamplingInterval', { interval: INTERVAL });
    await send('Profiler.start');
  }
  await work();
  return Promise.all(threads.map(async ({ send }) => ((await send('Profiler.stop')) as { profile: CpuProfile }).profile));
};

const shortName = ({ name }: Thread): string => {
  if (name === 'main') return name;
  return name.includes('embedded-mongo') ? 'database' : (name.split('/').at(-1) ?? 'worker').replace(/\.js$/, '');
};

export interface Profiling {
  /** Of the process, as it has printed it. */
  readonly address: string;
  readonly folder: string;
  readonly print: (line: string) => void;
}

const profileRow = async (row: LoadOptions, threads: readonly Thread[], { folder, print }: Profiling): Promise<void> => {
  const fire = (measured: number): Promise<unknown> => measure({ ...row, requests: { warmUp: row.connections, measured } });
  await fire(REQUESTS.warmUp);
  const profiles = await whileProfiled(threads, async () => {
    await fire(REQUESTS.measured);
  });
  print(`## ${row.title}\n`);
  for (const [index, each] of profiles.entries()) {
    const name = shortName(threads[index] as Thread);
    await writeFile(join(folder, `${row.title.replaceAll(/\W+/g, '-')}.${name}-${index}.cpuprofile`), JSON.stringify(each));
    const byLibrary = sharesOf(each, libraryOf);
    if (byLibrary.length === 0) continue;
    print(`${tableOf(`${name}, by library`, byLibrary, REQUESTS.measured)}\n`);
    print(`${tableOf(`${name}, by function`, sharesOf(each, functionOf), REQUESTS.measured)}\n`);
  }
};

/** Prints two tables for each thread and scenario and keeps the profiles in `folder`. */
export const profile = async (rows: readonly LoadOptions[], profiling: Profiling): Promise<void> => {
  await mkdir(profiling.folder, { recursive: true });
  const { threads, close } = await inspect(profiling.address);
  try {
    for (const row of rows) await profileRow(row, threads, profiling);
  } finally {
    // A process waits for its debugger before it ends.
    close();
  }
};
