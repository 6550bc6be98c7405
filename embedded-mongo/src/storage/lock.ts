import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DirectoryLock {
  release(): void;
}

interface Holder {
  pid: number;
  /** When the process started, where the system tells: a reused process number is then not mistaken for it. */
  started: string | undefined;
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

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return holder.started === undefined || startOf(holder.pid) === holder.started;
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    // Empty or torn: whoever wrote it died while writing, or is writing now.
    return undefined;
  }
}

function describe(path: string, holder: Holder | undefined): Error {
  const who = holder ? `process ${holder.pid}` : 'another process';
  return new Error(
    `The data directory is in use by ${who} (${path}). Only one embedded-mongo can serve a directory at a time; stop the other one first.`,
  );
}

function claim(path: string, content: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeFileSync(file, content);
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes the directory for this process, also from one that died; throws if it is alive. */
export function lockDirectory(dataDir: string): DirectoryLock {
  const path = join(dataDir, 'embedded-mongo.lock');
  const own: Holder = { pid: process.pid, started: startOf(process.pid) };
  const content = JSON.stringify(own);
  if (!claim(path, content)) {
    const holder = readHolder(path);
    if (holder && isAlive(holder)) throw describe(path, holder);
    takeOver(path, content);
  }
  return { release: () => rmSync(path, { force: true }) };
}

/** Two processes may find the same dead holder: the one that moves its lock away is the one that goes on. */
function takeOver(path: string, content: string): void {
  const grave = `${path}.${process.pid}`;
  try {
    renameSync(path, grave);
  } catch {
    throw describe(path, undefined);
  }
  const moved = readHolder(grave);
  rmSync(grave, { force: true });
  if (moved && isAlive(moved)) throw describe(path, moved);
  if (!claim(path, content)) throw describe(path, readHolder(path));
}
