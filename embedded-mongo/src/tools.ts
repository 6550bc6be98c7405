import { copyFileSync, existsSync, fsyncSync, mkdtempSync, openSync, closeSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileLocks, isServed, lockDirectory } from './storage/lock.js';
import { checkDataFile } from './storage/pages.js';
import { closeDirectory, closeToOthers, DATA_FILE, makePrivateFolder } from './storage/private.js';
import { closeStore, openBeside } from './storage/store.js';
import { verifyStore, type VerifyReport, type Visit } from './storage/verify.js';

export { DATA_FILE, isServed };
export type { VerifyReport, Visit };

/**
 * Looks at a directory's pages from outside while nobody writes them. In one that is served they change from one read to
 * the next, which looks like damage; LMDB shows one moment's view of it, and its server has looked at them at its start.
 */
async function needData(dataDir: string): Promise<void> {
  const file = join(dataDir, DATA_FILE);
  if (!existsSync(file)) throw new Error(`${dataDir} holds no embedded-mongo data`);
  if (await isServed(dataDir)) {
    // To open the data beside a server needs the lock of open-lock.ts.
    if ((await fileLocks()) === undefined)
      throw new Error(`${dataDir} is being served; on this platform the server has to be stopped first`);
    return;
  }
  try {
    checkDataFile(file, true);
  } catch (error) {
    // A server may have started meanwhile.
    if (!(await isServed(dataDir))) throw error;
  }
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}

/** Copies the data as it is at this moment into one file; a server may go on writing meanwhile. */
export async function backUp(dataDir: string, to: string): Promise<void> {
  await needData(dataDir);
  if (existsSync(to)) throw new Error(`${to} exists already; a backup never overwrites`);
  makePrivateFolder(dirname(to));
  const part = mkdtempSync(join(dirname(to), '.embedded-mongo-backup-'));
  const store = await openBeside(dataDir);
  try {
    await store.root.backup(part, true);
    closeToOthers(join(part, DATA_FILE));
    syncFile(join(part, DATA_FILE));
    renameSync(join(part, DATA_FILE), to);
  } finally {
    await closeStore(store);
    rmSync(part, { recursive: true, force: true });
  }
}

/** Puts a backup into a directory without data; nothing is there until all of it is. */
export async function restore(from: string, dataDir: string): Promise<void> {
  checkDataFile(from, true);
  makePrivateFolder(dataDir);
  closeDirectory(dataDir);
  const lock = await lockDirectory(dataDir);
  try {
    const target = join(dataDir, DATA_FILE);
    if (existsSync(target)) throw new Error(`${dataDir} holds data already; restore into an empty directory`);
    const part = `${target}.restoring`;
    copyFileSync(from, part);
    closeToOthers(part);
    syncFile(part);
    renameSync(part, target);
  } finally {
    lock.release();
  }
}

async function verifyDirectory(dataDir: string, visit?: Visit): Promise<VerifyReport> {
  const store = await openBeside(dataDir);
  try {
    return verifyStore(store, visit);
  } finally {
    await closeStore(store);
  }
}

/** Checks every document, index entry and count of a directory, served or not, or of a backup file; `visit` is shown each document. */
export async function verify(path: string, visit?: Visit): Promise<VerifyReport> {
  const isFile = existsSync(path) && !existsSync(join(path, DATA_FILE)) && path.endsWith('.mdb');
  const scratch = isFile ? mkdtempSync(join(tmpdir(), 'embedded-mongo-verify-')) : undefined;
  try {
    if (scratch !== undefined) copyFileSync(path, join(scratch, DATA_FILE));
    const dataDir = scratch ?? path;
    await needData(dataDir);
    return await verifyDirectory(dataDir, visit);
  } finally {
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
  }
}
