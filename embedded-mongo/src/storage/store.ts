import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTick } from 'node:timers/promises';
import { ABORT, open, type Database, type RootDatabase } from 'lmdb';
import { MongoError } from '../errors.js';
import { OpenLock } from './open-lock.js';
import { checkDataFile } from './pages.js';
import { closeDirectory, DATA_FILE, makePrivateFolder } from './private.js';

/** Larger pages allow longer index keys: LMDB needs at least two keys to a page. */
const PAGE_SIZE = 8192;
/** Address space, not memory: LMDB maps the file and grows it when it is used up. */
const INITIAL_MAP = 1 << 30;
/** The longest index key LMDB accepts with these pages, less what the index id and the record id take. */
export const MAX_INDEX_KEY = 4000;
export const RID_BYTES = 6;

export type Table = Database<Buffer, Buffer>;

/**
 * The LMDB environment with its three tables. Keys are bytes throughout:
 * records [collection id][record id], index [index id][fields…]([record id] unless unique), meta text.
 */
export interface Store {
  root: RootDatabase<Buffer, Buffer>;
  records: Table;
  index: Table;
  meta: Table;
  openLock: OpenLock;
}

const binary = { keyEncoding: 'binary', encoding: 'binary' } as const;

/** Changes whenever keys or values are written differently. */
const FORMAT = Buffer.from('embedded-mongo 2');
const FORMAT_KEY = Buffer.from('format');

/** Data of another format would be misread: it is refused. */
function checkFormat(meta: Table, readOnly: boolean): void {
  const found = meta.getBinary(FORMAT_KEY);
  if (found === undefined && !readOnly && meta.getKeysCount() === 0) meta.putSync(FORMAT_KEY, FORMAT);
  else if (found === undefined || !FORMAT.equals(found)) {
    throw new Error('the data directory was written by another version of embedded-mongo; export it with that one and import it again');
  }
}

export function openStore(dataDir: string, { readOnly = false, durable = true } = {}): Store {
  if (!readOnly) makePrivateFolder(dataDir);
  const file = join(dataDir, DATA_FILE);
  // Who only reads may do so beside a server, whose pages must not be looked at from outside.
  if (!readOnly && existsSync(file)) checkDataFile(file);
  const root = open<Buffer, Buffer>({
    path: dataDir,
    noSubdir: false,
    ...binary,
    readOnly,
    pageSize: PAGE_SIZE,
    mapSize: INITIAL_MAP,
    maxDbs: 8,
    // A commit returns after the disk has it. With overlapping syncs a power cut could lose answered writes.
    overlappingSync: false,
    noSync: !durable,
    // Every transaction is ours already; lmdb-js's own batches make promises whose failure nobody could catch.
    eventTurnBatching: false,
  });
  // LMDB makes its files with 0664 less the umask. Nobody else could enter the folder meanwhile.
  if (!readOnly) closeDirectory(dataDir);
  const table = (name: string): Table => root.openDB<Buffer, Buffer>({ name, ...binary });
  const store = { root, records: table('records'), index: table('index'), meta: table('meta'), openLock: new OpenLock(dataDir) };
  checkFormat(store.meta, readOnly);
  return store;
}

/** Opens the data for reading, also while a server writes them. */
export function openBeside(dataDir: string): Promise<Store> {
  const lock = new OpenLock(dataDir);
  return lock.opening(() => openStore(dataDir, { readOnly: true })).finally(() => lock.close());
}

export async function closeStore(store: Store): Promise<void> {
  await store.root.close();
  store.openLock.close();
}

/** Runs `work` in one durable transaction; false from it takes everything back. Resolves when the disk has it. */
export async function transact(store: Store, work: () => boolean): Promise<boolean> {
  try {
    const outcome: unknown = await store.openLock.transaction(() => store.root.childTransaction(() => (work() ? undefined : ABORT)));
    return outcome !== ABORT;
  } catch (error) {
    throw diskFault(await reasonOf(error));
  }
}

/** lmdb-js tells why a commit failed by a second promise, which it rejects right after the first. */
async function reasonOf(error: unknown): Promise<unknown> {
  const reason = error instanceof Error && 'commitError' in error ? error.commitError : undefined;
  if (!(reason instanceof Promise)) return error;
  return Promise.race([reason.catch((cause: unknown) => cause), nextTick(error)]);
}

/** A disk that takes no more is the operator's concern: it gets MongoDB's code instead of an internal error. */
function diskFault(error: unknown): Error {
  const text = error instanceof Error ? error.message : String(error);
  // LMDB calls a write that the disk took only a part of an input/output error.
  if (/No space left|Input\/output|File too large|Disk quota|ENOSPC|EIO|EFBIG|EDQUOT|MDB_MAP_FULL/i.test(text)) {
    return new MongoError(14031, `the write was not made, because the disk is full or failing: ${text}`);
  }
  return error instanceof Error ? error : new Error(text);
}

export function recordKey(collection: number, rid: number): Buffer {
  const key = Buffer.allocUnsafe(4 + RID_BYTES);
  key.writeUInt32BE(collection, 0);
  key.writeUIntBE(rid, 4, RID_BYTES);
  return key;
}

export function ridOf(key: Buffer): number {
  return key.readUIntBE(key.length - RID_BYTES, RID_BYTES);
}

export function ridBytes(rid: number): Buffer {
  const bytes = Buffer.allocUnsafe(RID_BYTES);
  bytes.writeUIntBE(rid, 0, RID_BYTES);
  return bytes;
}

/** The first key after all keys that begin with these bytes. */
export function successor(prefix: Buffer): Buffer {
  let end = prefix.length;
  while (end > 0 && prefix[end - 1] === 0xff) end--;
  if (end === 0) throw new RangeError('no key follows a prefix of only 0xff');
  const next = Buffer.allocUnsafe(end);
  prefix.copy(next, 0, 0, end);
  next[end - 1] = (next[end - 1] ?? 0) + 1;
  return next;
}

export function idPrefix(id: number): Buffer {
  const prefix = Buffer.allocUnsafe(4);
  prefix.writeUInt32BE(id, 0);
  return prefix;
}
