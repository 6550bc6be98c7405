import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { lstat, open, readdir, statfs } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fault } from './fault.js';
import type { Entry } from './manifest.js';

/** Below `DATA_DIR`, and not of the installation: the database has its own way, archives do not hold archives. */
const LEFT_OUT = ['mongo', 'backups', 'pids.json', 'pids.json.new', 'lost+found'];
export const LAST_BACKUP = 'last-backup.json';
/** While it is there, a restore is under way or was interrupted. */
export const RESTORING = '.restoring';

/** Half of an installation must not start as if it were a new one. */
export const refuseUnfinishedRestore = (dataDir: string): void => {
  if (existsSync(join(dataDir, RESTORING)))
    throw fault(`In ${dataDir} a restore was begun and is not finished. Remove the directory and restore again.`);
};

const isLeftOut = (name: string): boolean =>
  LEFT_OUT.includes(name) || name === LAST_BACKUP || name === RESTORING || name.endsWith('.mdb') || name.endsWith('.part');

const hasCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

/** Whether the error says that a file went away meanwhile. */
const isGone = (error: unknown): undefined => {
  if (hasCode(error, 'ENOENT')) return undefined;
  throw error;
};

export const sha256Of = async (path: string): Promise<{ readonly size: number; readonly sha256: string }> => {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).length;
  }
  return { size, sha256: hash.digest('hex') };
};

/** The entry of a file as it is now. */
export const entryOf = async (file: string, path: string): Promise<Entry> => {
  const { mode } = await lstat(file);
  return { path, mode: mode & 0o777, ...(await sha256Of(file)) };
};

/** Plain files of a data directory, without the database: secrets, mails, and whatever else somebody keeps there. Links are not followed. */
export const filesIn = async (dataDir: string): Promise<readonly Entry[]> => {
  const entries: Entry[] = [];
  const visit = async (folder: string): Promise<void> => {
    const found = await readdir(join(dataDir, folder), { withFileTypes: true });
    for (const item of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (folder === '' ? isLeftOut(item.name) : item.name.endsWith('.part')) continue;
      const path = join(folder, item.name);
      if (item.isDirectory()) await visit(path);
      else if (item.isFile()) {
        const entry = await entryOf(join(dataDir, path), path.split(sep).join('/')).catch(isGone);
        if (entry !== undefined) entries.push(entry);
      }
    }
  };
  await visit('');
  return entries;
};

export const totalOf = (entries: readonly { readonly size: number }[]): number => entries.reduce((sum, { size }) => sum + size, 0);

const MIB = 1024 * 1024;
export const inMiB = (bytes: number): string => `${(bytes / MIB).toFixed(bytes < 10 * MIB ? 1 : 0)} MiB`;

/** Refuses to begin what the disk has no room for. */
export const needSpace = async (folder: string, bytes: number): Promise<void> => {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < bytes) throw fault(`${folder} has ${inMiB(bavail * bsize)} free and this needs ${inMiB(bytes)}.`);
};

/** Makes what was written into a file or folder outlive a power cut. */
export const sync = async (path: string): Promise<void> => {
  const handle = await open(path, 'r').catch((error: unknown) => {
    // Windows opens no folders, and needs none synced.
    if (hasCode(error, 'EISDIR') || hasCode(error, 'EPERM')) return undefined;
    throw error;
  });
  if (handle === undefined) return;
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
