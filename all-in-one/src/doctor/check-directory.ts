import { constants, existsSync } from 'node:fs';
import { access, lstat, readFile, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY_MS } from '@riparo/shared/time/units';
import { isServed } from 'embedded-mongo/tools';
import type { LastBackup } from '../backup/backup.js';
import { sentenceOf } from '../backup/fault.js';
import { inMiB, LAST_BACKUP, RESTORING } from '../backup/files.js';
import { DATABASE } from '../backup/manifest.js';
import { fail, ok, warn, type Finding } from './finding.js';

const MIB = 1024 * 1024;
const SCARCE = 64 * MIB;
const LITTLE = 1024 * MIB;
const OLD_BACKUP_MS = 7 * DAY_MS;

const checkSpace = async (dataDir: string): Promise<Finding> => {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const what = `${inMiB(free)} free on the disk of ${dataDir}`;
  if (free < SCARCE) return fail(what, 'make room now: writes are about to be refused (503 DEPENDENCY_UNAVAILABLE)');
  return free < LITTLE ? warn(what, 'make room: below 1 GiB no backup beside the data may fit') : ok(what);
};

const checkOwner = async (dataDir: string): Promise<Finding> => {
  const { uid, mode } = await stat(dataDir);
  const own = process.getuid?.();
  const who = `${dataDir} belongs to user ${uid}`;
  const writable = await access(dataDir, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!writable)
    return fail(`${who} and user ${own ?? '?'} may not write into it`, 'run Riparo as its owner, or give the directory to that user');
  if (own !== undefined && own !== uid)
    return warn(`${who}, and this is user ${own}`, 'run Riparo and its commands as the owner of the directory');
  const open = (mode & 0o077) !== 0 && process.platform !== 'win32';
  if (open)
    return warn(
      `${dataDir} is open to other users (mode ${(mode & 0o777).toString(8)})`,
      'the next start closes it; see "Keys and secrets" in docs/operations.md',
    );
  return ok(`${who}, closed to others`);
};

/** A secret that the environment sets needs no file. Riparo makes a missing one at its start, which is too late where something was sealed with it. */
const checkSecret = async (dataDir: string, file: string, form: RegExp): Promise<Finding> => {
  const path = join(dataDir, file);
  const inFolder = join(dataDir, 'secrets', file.toUpperCase().replaceAll('-', '_'));
  const found = [path, inFolder].find((one) => existsSync(one));
  if (found === undefined) {
    const todo = 'restore it from a backup; the next start makes another one, and what depends on this one is lost';
    return existsSync(join(dataDir, DATABASE)) ? fail(`${file} is missing in ${dataDir}`, todo) : ok(`${file}: made at the first start`);
  }
  try {
    const text = (await readFile(found, 'utf8')).trim();
    if (!form.test(text)) return fail(`${found} does not hold what it should`, 'restore it from a backup');
  } catch (error) {
    return fail(`${found} cannot be read: ${sentenceOf(error)}`, 'give it to the user of Riparo, mode 0600');
  }
  const open = ((await lstat(found)).mode & 0o077) !== 0 && process.platform !== 'win32';
  return open
    ? warn(`${found} can be read by other users`, `chmod 600 ${found}, and replace it if others have accounts here`)
    : ok(`${file} is there, for its owner only`);
};

const checkBackup = async (dataDir: string, now: Date): Promise<Finding> => {
  const path = join(dataDir, LAST_BACKUP);
  const todo = 'npm run backup -- --to FILE';
  if (!existsSync(path)) return warn('no backup was made by npm run backup', todo);
  const { at, file } = JSON.parse(await readFile(path, 'utf8')) as LastBackup;
  const age = now.getTime() - new Date(at).getTime();
  const what = `the last backup is of ${at} (${file})`;
  if (Number.isNaN(age) || age < -DAY_MS) return warn(`${what}, which is yet to come`, 'look at the clock of this machine');
  return age > OLD_BACKUP_MS ? warn(what, todo) : ok(what);
};

export interface DirectoryAsk {
  readonly dataDir: string;
  readonly now: Date;
  /** Secrets that the environment sets. */
  readonly configured: { readonly internalSecret: boolean; readonly devicePasswordKey: boolean };
}

/** The data directory from outside: there, whose, room, held, secrets, backups. */
export const checkDirectory = async ({ dataDir, now, configured }: DirectoryAsk): Promise<readonly Finding[]> => {
  if (!existsSync(dataDir)) return [warn(`${dataDir} does not exist`, 'the first start makes it; or DATA_DIR names the wrong place')];
  if (!(await stat(dataDir)).isDirectory()) return [fail(`${dataDir} is no directory`, 'let DATA_DIR name a directory')];
  const unfinished = existsSync(join(dataDir, RESTORING))
    ? [fail(`a restore in ${dataDir} was interrupted or is under way`, 'if none runs, remove the directory and restore again')]
    : [];
  const served = existsSync(join(dataDir, 'mongo')) && (await isServed(join(dataDir, 'mongo')));
  const secrets = [
    ...(configured.internalSecret ? [] : [checkSecret(dataDir, 'internal-secret', /^\S{32,}$/)]),
    ...(configured.devicePasswordKey ? [] : [checkSecret(dataDir, 'device-password-key', /^(?:[0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)$/)]),
  ];
  return [
    ...unfinished,
    await checkOwner(dataDir),
    await checkSpace(dataDir),
    ok(served ? `a process serves ${dataDir}` : `no process serves ${dataDir}`),
    ...(await Promise.all(secrets)),
    await checkBackup(dataDir, now),
  ];
};
