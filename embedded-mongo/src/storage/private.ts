import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LOCK_FILE } from './lock.js';
import { OPEN_LOCK_FILE } from './open-lock.js';

const OTHERS = 0o077;
/** A folder such as /tmp: whoever set this bit wants others in it. */
const STICKY = 0o1000;

/** A folder for this user only, and every missing one above it. One that exists keeps its mode. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/** Takes every right of group and others from the path; answers its former mode if they had any. */
export function closeToOthers(path: string): number | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || process.platform === 'win32' || (stats.mode & OTHERS) === 0) return undefined;
  try {
    if ((stats.mode & STICKY) === 0) chmodSync(path, stats.mode & 0o700);
  } catch (error) {
    // A directory of another user, or a volume without modes, is served all the same; the warning tells of it.
    if (!['EPERM', 'EROFS', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  return stats.mode & 0o777;
}

export const DATA_FILE = 'data.mdb';
const FILES = [DATA_FILE, 'lock.mdb', LOCK_FILE, OPEN_LOCK_FILE];

/** Closes a data directory and its files. Answers those that were open, such as `data/data.mdb (644)`, unless it holds no data yet. */
export function closeDirectory(dataDir: string): readonly string[] {
  const hadData = statSync(join(dataDir, DATA_FILE), { throwIfNoEntry: false }) !== undefined;
  const open = [dataDir, ...FILES.map((file) => join(dataDir, file))].flatMap((path) => {
    const mode = closeToOthers(path);
    return mode === undefined ? [] : [`${path} (${mode.toString(8)})`];
  });
  return hadData ? open : [];
}
