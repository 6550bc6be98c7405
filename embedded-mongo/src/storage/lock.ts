import { closeSync, constants, existsSync, ftruncateSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type * as FileLocks from 'fs-native-extensions';

interface DirectoryLock {
  release(): void;
}

/** What the lock file says of the process that has it: for people, and for versions that knew no other lock. */
interface Holder {
  pid: number;
  /** When the process started, where the system tells: a reused process number is then not mistaken for it. */
  started: string | undefined;
  /** Absent where the process number is the only lock. */
  kernel?: boolean;
  /** In containers process numbers alone say little. */
  host?: string;
}

/** A process that was killed ends only when its last write has: who starts right after it waits so long. */
const PATIENCE_MS = 2000;
const PAUSE_MS = 50;
export const LOCK_FILE = 'embedded-mongo.lock';

type TryLock = typeof FileLocks.tryLock;

/**
 * The kernel lets go of a lock when its process ends, however it ends, and knows it in every container. For a platform
 * without compiled code in that package, such as Alpine Linux, the process number in the file has to do.
 */
export async function fileLocks(): Promise<typeof FileLocks | undefined> {
  return import('fs-native-extensions').then(
    (locks) => locks,
    () => {
      process.emitWarning('This platform has no compiled file locks: never let two containers serve one data directory.');
      return undefined;
    },
  );
}

function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name and may hold anything up to the last parenthesis.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** Whether the file alone says that it is held: it does so where, or in a version for which, there is no other lock. */
function isHeldByNumber(holder: Holder | undefined): boolean {
  if (!holder || holder.kernel === true) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return holder.started === undefined || startOf(holder.pid) === holder.started;
}

function readHolder(file: number): Holder | undefined {
  try {
    const bytes = Buffer.alloc(1024);
    return JSON.parse(bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, 0))) as Holder;
  } catch {
    // Empty, torn, or on Windows not to be read by others while it is locked.
    return undefined;
  }
}

function inUse(dataDir: string, holder: Holder | undefined): Error {
  const who = holder ? `process ${holder.pid}${holder.host === undefined ? '' : ` on ${holder.host}`}` : 'another process';
  return new Error(
    `The data directory is in use by ${who} (${dataDir}). Only one embedded-mongo can serve a directory at a time; stop the other one first.`,
  );
}

/** The file stays for good: removing it would let two processes lock two files of one name. */
function take(path: string, tryLock: TryLock | undefined): DirectoryLock | { holder: Holder | undefined } {
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  const holder = readHolder(file);
  if (tryLock?.(file) === false || isHeldByNumber(holder)) {
    closeSync(file);
    return { holder };
  }
  const own: Holder = { pid: process.pid, started: startOf(process.pid), kernel: tryLock !== undefined, host: hostname() };
  ftruncateSync(file);
  writeSync(file, JSON.stringify(own), 0);
  let held = true;
  const release = (): void => {
    if (!held) return;
    held = false;
    ftruncateSync(file);
    closeSync(file);
  };
  return { release };
}

/** Whether a process has the directory now. */
export async function isServed(dataDir: string): Promise<boolean> {
  const path = join(dataDir, LOCK_FILE);
  if (!existsSync(path)) return false;
  const tryLock = (await fileLocks())?.tryLock;
  const file = openSync(path, 'r');
  try {
    // Shared, and for a moment only: a server that starts right now has the patience.
    return tryLock?.(file, { shared: true }) === false || isHeldByNumber(readHolder(file));
  } finally {
    closeSync(file);
  }
}

/** Takes the directory for this process, also from one that died; throws if another one has it. */
export async function lockDirectory(dataDir: string): Promise<DirectoryLock> {
  const tryLock = (await fileLocks())?.tryLock;
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const taken = take(join(dataDir, LOCK_FILE), tryLock);
    if ('release' in taken) return taken;
    if (performance.now() > deadline) throw inUse(dataDir, taken.holder);
    await pause(PAUSE_MS);
  }
}
