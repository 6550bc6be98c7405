import { parseArgs } from 'node:util';
import { ConfigError } from '@riparo/shared/config/load-config';
import { systemClock } from '@riparo/shared/runtime/clock';
import { backUp } from './backup.js';
import { configuration } from './config.js';
import { fault, sentenceOf } from './fault.js';
import { inMiB, totalOf } from './files.js';
import { checkArchive, restore } from './restore.js';
import type { Manifest } from './manifest.js';

const USAGE = `npm run backup -- --to FILE [--data DIR]     takes everything of DATA_DIR into one archive, while Riparo runs or not
npm run backup -- --verify FILE              checks an archive alone
npm run restore -- --from FILE [--data DIR]  puts an archive into an empty directory, Riparo stopped`;

const WRONG_USE = 2;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

const contentOf = ({ entries, createdAt, riparo }: Manifest): string =>
  `${entries.length} files, ${inMiB(totalOf(entries))}, as of ${createdAt}, Riparo ${riparo}`;

const configured = () => {
  const config = configuration.load();
  if (config.MONGO_URL !== undefined)
    throw fault(
      'MONGO_URL is set, so the database lies in that server: back it up with mongodump ("Backup and restore" in docs/operations.md).',
    );
  return config;
};

/** Secrets of the environment are in no archive, and somebody has to keep them. */
const kept = ['INTERNAL_SECRET', 'DEVICE_PASSWORD_KEY'] as const;

const runBackup = async (to: string, data: string | undefined): Promise<void> => {
  const config = configured();
  const { manifest, size } = await backUp({ dataDir: data ?? config.DATA_DIR, to, now: systemClock.now() });
  say(`backed up to ${to} (${inMiB(size)}): ${contentOf(manifest)}`);
  const outside = kept.filter((name) => config[name] !== undefined);
  if (outside.length > 0) say(`not in the archive, because the environment sets it: ${outside.join(', ')}. Keep it elsewhere.`);
};

const runRestore = async (from: string, data: string | undefined): Promise<void> => {
  const dataDir = data ?? configured().DATA_DIR;
  const manifest = await restore(from, dataDir);
  say(`restored into ${dataDir}: ${contentOf(manifest)}; every file and document was checked`);
};

const runCheck = async (file: string): Promise<void> => say(`sound: ${file}: ${contentOf(await checkArchive(file))}`);

const options = { to: { type: 'string' }, from: { type: 'string' }, verify: { type: 'string' }, data: { type: 'string' } } as const;

/** The work that the arguments ask for; `undefined` when they ask for nothing that there is. */
const workFor = (command: 'backup' | 'restore', args: readonly string[]): (() => Promise<void>) | undefined => {
  const { to, from, verify, data } = parseArgs({ args: [...args], options }).values;
  if (command === 'restore')
    return from === undefined || to !== undefined || verify !== undefined ? undefined : () => runRestore(from, data);
  if (from !== undefined || (to === undefined) === (verify === undefined)) return undefined;
  return to === undefined ? () => runCheck(verify as string) : () => runBackup(to, data);
};

/** Runs `backup` or `restore` and answers the exit code: 0 done, 1 something has to be mended, 2 wrong arguments. */
export const runCommand = async (command: 'backup' | 'restore', args: readonly string[]): Promise<number> => {
  process.umask(0o077);
  let work: (() => Promise<void>) | undefined;
  try {
    work = workFor(command, args);
  } catch (error) {
    complain(sentenceOf(error));
  }
  if (work === undefined) {
    complain(USAGE);
    return WRONG_USE;
  }
  try {
    await work();
    return 0;
  } catch (error) {
    complain(error instanceof ConfigError ? error.message : `${command}: ${sentenceOf(error)}`);
    return 1;
  }
};
