import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { backUp as backUpDatabase, DATA_FILE, verify } from 'embedded-mongo/tools';
import { writeArchive } from './archive.js';
import { fault } from './fault.js';
import { entryOf, filesIn, LAST_BACKUP, needSpace, refuseUnfinishedRestore, sync, totalOf } from './files.js';
import { DATABASE, newManifest, type Manifest } from './manifest.js';

export interface BackupOptions {
  readonly dataDir: string;
  readonly to: string;
  readonly now: Date;
}

export interface Backup {
  readonly manifest: Manifest;
  /** Bytes of the archive. */
  readonly size: number;
}

/** What doctor tells of the last backup. */
export interface LastBackup {
  readonly at: string;
  readonly file: string;
}

const isBelow = (folder: string, path: string): boolean => {
  const way = relative(resolve(folder), resolve(path));
  return way !== '' && !way.startsWith('..') && resolve(folder, way) === resolve(path);
};

/** The database's file, its snapshot, and the archive lie on the disk at the same time. */
const spaceFor = (database: number, files: number): number => 2 * database + files;

const check = ({ dataDir, to }: BackupOptions): void => {
  if (!existsSync(join(dataDir, DATABASE)))
    throw fault(`${dataDir} holds no database of Riparo. DATA_DIR, or --data, names the directory.`);
  refuseUnfinishedRestore(dataDir);
  if (existsSync(to)) throw fault(`${to} exists already. A backup never overwrites: name another file.`);
  if (isBelow(dataDir, to) && !isBelow(join(dataDir, 'backups'), to))
    throw fault(`${to} lies in the data directory. Name a file outside of it, best on another disk.`);
};

/**
 * Takes everything of a data directory into one archive, while Riparo runs on it or not. The database is copied first, as it
 * is at one moment, and the files after it: whatever a document of that moment names is there. A file too many does no harm.
 */
export const backUp = async (options: BackupOptions): Promise<Backup> => {
  const { dataDir, to, now } = options;
  check(options);
  const folder = dirname(resolve(to));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await needSpace(folder, spaceFor((await stat(join(dataDir, DATABASE))).size, totalOf(await filesIn(dataDir))));
  const part = await mkdtemp(join(folder, '.riparo-backup-'));
  try {
    const snapshot = join(part, 'database', DATA_FILE);
    await backUpDatabase(join(dataDir, 'mongo'), snapshot);
    const database = { ...(await entryOf(snapshot, DATABASE)), mode: 0o600 };
    const { faults } = await verify(dirname(snapshot));
    if (faults.length > 0) throw fault(`The database is damaged, so no backup was made of it: ${faults.slice(0, 3).join('; ')}.`);
    const manifest = newManifest([database, ...(await filesIn(dataDir))], now);
    const draft = join(part, 'archive');
    await writeArchive(draft, manifest, (path) => (path === DATABASE ? snapshot : join(dataDir, path)));
    const { size } = await stat(draft);
    await rename(draft, to);
    await sync(folder);
    const last: LastBackup = { at: now.toISOString(), file: resolve(to) };
    await writeFile(join(dataDir, LAST_BACKUP), `${JSON.stringify(last)}\n`, { mode: 0o600 });
    return { manifest, size };
  } finally {
    await rm(part, { recursive: true, force: true });
  }
};
