import { chmodSync, lstatSync, readdirSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** What Riparo writes into a data directory. `mongo` and `mail` are folders, `pids.json.new` is a file that is being written. */
const OWN_NAMES = [
  'mongo',
  'mail',
  'secrets',
  'backups',
  'internal-secret',
  'device-password-key',
  'pids.json',
  'last-backup.json',
  '.restoring',
];

/** Backups are files that end in `.mdb`. Whatever else lies in the directory belongs to somebody else and is not touched. */
const isOwn = (entry: string): boolean =>
  OWN_NAMES.some((name) => entry === name || entry.startsWith(`${name}.`)) || entry.endsWith('.mdb');

const OTHERS = 0o077;
/** A folder such as /tmp: whoever set this bit wants others in it. */
const STICKY = 0o1000;
/** Paths that the warning names. */
const NAMED = 5;

interface Found {
  /** With their former modes: `data/mongo/data.mdb (644)`. */
  readonly closed: string[];
  readonly refused: string[];
}

const hasCode = (error: unknown, ...codes: readonly string[]): boolean => codes.includes((error as NodeJS.ErrnoException).code ?? '');

/** Takes every right of group and others from the path. */
const close = (path: string, stats: Stats, { closed, refused }: Found): void => {
  if ((stats.mode & OTHERS) === 0) return;
  const shown = `${path} (${(stats.mode & 0o777).toString(8)})`;
  try {
    if (stats.isDirectory() && (stats.mode & STICKY) !== 0) refused.push(shown);
    else {
      chmodSync(path, stats.mode & 0o700);
      closed.push(shown);
    }
  } catch (error) {
    // The path belongs to another user, or lies on a volume without modes.
    if (!hasCode(error, 'EPERM', 'EROFS', 'ENOTSUP', 'ENOENT')) throw error;
    refused.push(shown);
  }
};

/** A folder is closed before what is in it, so that nobody can exchange a file meanwhile. Links are not followed. */
const closeTree = (path: string, found: Found): void => {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined || stats.isSymbolicLink()) return;
  close(path, stats, found);
  if (stats.isDirectory()) for (const entry of readdirSync(path)) closeTree(join(path, entry), found);
};

const listed = (paths: readonly string[]): string =>
  paths.length <= NAMED ? paths.join(', ') : `${paths.slice(0, NAMED).join(', ')} and ${paths.length - NAMED} more`;

/**
 * Closes a data directory and what Riparo wrote into it to every other user of the machine: folders 0700, files 0600.
 * The signing keys lie there. Returns one warning that says what was open; nothing when nothing was, or when nothing of
 * Riparo's was there yet. An installation of an earlier version has 0755 and 0644.
 */
export const keepPrivate = (dataDir: string): string | undefined => {
  const stats = statSync(dataDir, { throwIfNoEntry: false });
  if (stats === undefined || process.platform === 'win32') return undefined;
  const found: Found = { closed: [], refused: [] };
  close(dataDir, stats, found);
  const own = readdirSync(dataDir).filter(isOwn);
  for (const entry of own) closeTree(join(dataDir, entry), found);
  const { closed, refused } = found;
  if (closed.length + refused.length === 0 || (own.length === 0 && refused.length === 0)) return undefined;
  return [
    'Other users of this machine could open files of Riparo.',
    ...(closed.length === 0 ? [] : [`Closed now: ${listed(closed)}.`]),
    ...(refused.length === 0 ? [] : [`Still open, because this process may not change them: ${listed(refused)}.`]),
    'If others have accounts on this machine, replace the keys and secrets ("Keys and secrets" in docs/operations.md).',
  ].join(' ');
};
