import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATA_FILE, verify } from 'embedded-mongo/tools';
import { unpackArchive } from './archive.js';
import { fault } from './fault.js';
import { needSpace, RESTORING, sync, totalOf } from './files.js';
import { DATABASE, type Manifest } from './manifest.js';

/** The lock files that looking at a database leaves beside it. */
const LOOKED_AT = ['lock.mdb', 'opening.lock', 'embedded-mongo.lock'];

/** Unpacks an archive into an empty directory and looks at every document of its database. */
const unpackSound = async (from: string, into: string): Promise<Manifest> => {
  if (!existsSync(from)) throw fault(`There is no file ${from}.`);
  const manifest = await unpackArchive(from, { into, begin: ({ entries }) => needSpace(into, totalOf(entries)) });
  const database = join(into, 'mongo');
  const { faults } = await verify(database);
  if (faults.length > 0) throw fault(`The database in the archive is damaged: ${faults.slice(0, 3).join('; ')}.`);
  for (const name of LOOKED_AT) await rm(join(database, name), { force: true });
  return manifest;
};

/** Checks an archive alone, in a directory that is gone afterwards. */
export const checkArchive = async (from: string): Promise<Manifest> => {
  const scratch = await mkdtemp(join(tmpdir(), 'riparo-check-'));
  try {
    return await unpackSound(from, scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

/** A volume of its own begins with `lost+found`. What an interrupted restore left may be replaced. */
const refuseFilled = async (dataDir: string): Promise<void> => {
  const names = (await readdir(dataDir)).filter((name) => name !== 'lost+found');
  if (names.includes(RESTORING))
    throw fault(`In ${dataDir} another restore is under way or was interrupted. If none runs, remove the directory and restore again.`);
  if (names.length > 0) throw fault(`${dataDir} is not empty. Restore into an empty or new directory.`);
};

/**
 * Puts an archive into an empty data directory. All is unpacked and checked in a folder below it, which is on the same disk;
 * only then it is moved to its place, the database last. Riparo does not start on a directory that still has that folder.
 */
export const restore = async (from: string, dataDir: string): Promise<Manifest> => {
  const made = await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await refuseFilled(dataDir);
  const staging = join(dataDir, RESTORING);
  await mkdir(staging, { mode: 0o700 });
  try {
    const manifest = await unpackSound(from, staging);
    const names = (await readdir(staging)).filter((name) => name !== 'mongo');
    for (const name of [...names, 'mongo']) await rename(join(staging, name), join(dataDir, name));
    await sync(join(dataDir, 'mongo', DATA_FILE));
    await sync(dataDir);
    return manifest;
  } finally {
    // Before the database was moved nothing counts; what was moved before it goes as well.
    if (!existsSync(join(dataDir, DATABASE))) for (const name of await readdir(dataDir)) await undo(dataDir, name);
    await rm(staging, { recursive: true, force: true });
    if (made !== undefined && !existsSync(join(dataDir, DATABASE))) await rmdir(dataDir);
  }
};

const undo = async (dataDir: string, name: string): Promise<void> => {
  if (name !== 'lost+found') await rm(join(dataDir, name), { recursive: true, force: true });
};
