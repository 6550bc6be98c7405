import { closeSync, constants, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MongoError } from '../errors.js';
import { fileLocks } from './lock.js';

export const OPEN_LOCK_FILE = 'opening.lock';

/** Opening takes milliseconds. A process that takes longer was stopped in the middle of it, and may stay so. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 5;

const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM']);

/**
 * LMDB as lmdb-js builds it writes the number of the last transaction where all processes see it, whenever one of them opens
 * the data (`mti_txnid` in `mdb_env_open2`). Should the server commit between its reading of that number and the writing, the
 * next transaction would take the place of the one just committed, which is lost although it was answered. So nobody opens the
 * data while a transaction runs, and no transaction runs while somebody opens them.
 */
export class OpenLock {
  private file: number | undefined;
  private locks: ReturnType<typeof fileLocks> | undefined;

  constructor(private readonly dataDir: string) {}

  /** Runs a transaction of the server; throws 24 when somebody has been opening the data for seconds. */
  transaction<T>(work: () => Promise<T>): Promise<T> {
    return this.holding(true, work);
  }

  /** Opens the data, perhaps beside a server. Where nothing can be written, LMDB has no number to write either. */
  async opening<T>(open: () => T): Promise<T> {
    try {
      return await this.holding(false, () => Promise.resolve(open()));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).syscall !== 'open' || !READ_ONLY.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      return open();
    }
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  private async holding<T>(shared: boolean, work: () => Promise<T>): Promise<T> {
    const locks = await (this.locks ??= fileLocks());
    if (locks === undefined) return work();
    const file = (this.file ??= openSync(join(this.dataDir, OPEN_LOCK_FILE), constants.O_RDWR | constants.O_CREAT, 0o600));
    const deadline = performance.now() + PATIENCE_MS;
    while (!locks.tryLock(file, { shared })) {
      if (performance.now() > deadline) throw new MongoError(24, 'another process is opening the data and does not go on; end it');
      await pause(PAUSE_MS);
    }
    try {
      return await work();
    } finally {
      locks.unlock(file);
    }
  }
}
