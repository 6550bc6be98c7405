import { randomBytes } from 'node:crypto';
import { MongoError } from '../errors.js';
import type { ReadContext } from '../storage/slice.js';
import type { Pause } from '../stretch.js';

export type Results = Generator<Buffer | Pause, void>;

export interface Cursor {
  id: bigint;
  namespace: string;
  results: Results;
  /** A document that did not fit into the last batch. */
  held: Buffer | undefined;
  timeout: boolean;
  /** Where the query looks up when its maxTimeMS is over. */
  read: ReadContext;
  usedAt: number;
  busy: boolean;
  killed: boolean;
}

/** Open cursors. They hold no LMDB transaction, only a place in a scan, and end when nobody asks for long. */
export class CursorTable {
  private readonly cursors = new Map<bigint, Cursor>();
  private readonly sweeper: NodeJS.Timeout;

  constructor(private readonly timeoutMs: number) {
    this.sweeper = setInterval(() => this.sweep(Date.now()), Math.max(50, Math.min(timeoutMs / 2, 60_000)));
    this.sweeper.unref();
  }

  get size(): number {
    return this.cursors.size;
  }

  /** A cursor without an id yet: most queries end with their first batch and never need one. */
  open(namespace: string, results: Results, read: ReadContext, timeout: boolean): Cursor {
    return { id: 0n, namespace, results, held: undefined, read, timeout, usedAt: Date.now(), busy: false, killed: false };
  }

  keep(cursor: Cursor): void {
    while (cursor.id === 0n || this.cursors.has(cursor.id)) cursor.id = randomBytes(8).readBigInt64LE(0) & 0x7fffffffffffffffn;
    cursor.usedAt = Date.now();
    this.cursors.set(cursor.id, cursor);
  }

  take(id: bigint, namespace: string): Cursor {
    const cursor = this.cursors.get(id);
    if (!cursor) throw new MongoError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new MongoError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    if (cursor.busy) throw new MongoError(12051, `cursor id ${id} is already in use`);
    // maxTimeMS is the time the server works for the cursor, not the time until the client asks for more.
    if (cursor.read.deadline !== undefined) cursor.read.deadline += Date.now() - cursor.usedAt;
    return cursor;
  }

  kill(id: bigint): boolean {
    const cursor = this.cursors.get(id);
    if (!cursor) return false;
    cursor.killed = true;
    return this.cursors.delete(id);
  }

  /** Ends what reads from a collection that is gone. */
  killNamespace(matches: (namespace: string) => boolean): void {
    for (const cursor of this.cursors.values()) if (matches(cursor.namespace)) this.kill(cursor.id);
  }

  private sweep(now: number): void {
    for (const cursor of this.cursors.values()) {
      if (cursor.timeout && !cursor.busy && now - cursor.usedAt > this.timeoutMs) this.kill(cursor.id);
    }
  }

  close(): void {
    clearInterval(this.sweeper);
    this.cursors.clear();
  }
}
