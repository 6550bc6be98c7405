import type { Catalog, Collection, Index } from '../storage/catalog.js';
import { idPrefix, ridOf, type Store, successor } from '../storage/store.js';
import type { IndexPlan, KeyRange } from './planner.js';
import type { Pause } from '../stretch.js';

interface ScanContext {
  store: Store;
  catalog: Catalog;
  /** What a scan reads ahead is valid only as long as nothing else has run; this number tells. */
  slice: { turn: number };
}

const FIRST_CHUNK = 32;
const LAST_CHUNK = 1024;
/** Records are read ahead up to this many bytes, so that large documents do not pile up. */
const CHUNK_BYTES = 256 * 1024;

interface Entry {
  key: Buffer;
  rid: number;
}

/** Reads one stretch of an index in small chunks; holds no LMDB cursor between them, so it can rest for ever. */
class RangeScan {
  private chunk: Entry[] = [];
  private at = 0;
  private size = FIRST_CHUNK;
  private readTurn = -1;
  private last: Buffer | undefined;
  private ended = false;

  constructor(
    private readonly ctx: ScanContext,
    private readonly collection: Collection,
    private readonly range: KeyRange,
    private readonly reverse: boolean,
    private readonly index: Index,
  ) {}

  peek(): Entry | undefined {
    if (this.at >= this.chunk.length || this.readTurn !== this.ctx.slice.turn) this.fill();
    return this.chunk[this.at];
  }

  next(): Entry | undefined {
    const entry = this.peek();
    if (!entry) return undefined;
    this.at++;
    this.last = entry.key;
    return entry;
  }

  private fill(): void {
    const stale = this.readTurn !== this.ctx.slice.turn;
    if (stale) this.ctx.catalog.checkThere(this.collection, this.index);
    if (this.ended && !stale) {
      this.chunk = [];
      return;
    }
    this.readTurn = this.ctx.slice.turn;
    this.chunk = this.read();
    this.at = 0;
    this.ended = this.chunk.length < this.size;
    this.size = Math.min(this.size * 2, LAST_CHUNK);
  }

  private read(): Entry[] {
    const { start, end } = this.range;
    const from = this.last ?? (this.reverse ? end : start);
    const options = {
      start: from,
      end: this.reverse ? start : end,
      reverse: this.reverse,
      limit: this.size,
      // A range ends before its end: read backwards it begins behind it and includes its start.
      exclusiveStart: this.last !== undefined || this.reverse,
      inclusiveEnd: this.reverse,
    };
    const found: Entry[] = [];
    const { index: table } = this.ctx.store;
    if (this.index.unique) {
      for (const { key, value } of table.getRange(options)) found.push({ key, rid: ridOf(value) });
    } else {
      for (const key of table.getKeys(options)) found.push({ key, rid: ridOf(key) });
    }
    return found;
  }
}

/** An index plan's ranges one after another, or merged by the bytes after their prefixes if a sort asks for it. */
export class IndexScan {
  private readonly scans: RangeScan[];
  private at = 0;

  constructor(
    ctx: ScanContext,
    collection: Collection,
    private readonly plan: IndexPlan,
  ) {
    const ranges = plan.reverse && !merges(plan) ? [...plan.ranges].reverse() : plan.ranges;
    this.scans = ranges.map((range) => new RangeScan(ctx, collection, range, plan.reverse, plan.index));
  }

  next(): number | undefined {
    if (merges(this.plan)) return this.nextMerged();
    while (this.at < this.scans.length) {
      const entry = this.scans[this.at]?.next();
      if (entry) return entry.rid;
      this.at++;
    }
    return undefined;
  }

  private nextMerged(): number | undefined {
    let best: RangeScan | undefined;
    let bestKey: Buffer | undefined;
    this.scans.forEach((scan, i) => {
      const key = scan.peek()?.key.subarray(this.plan.ranges[i]?.prefixLength);
      if (!key) return;
      const order = bestKey ? key.compare(bestKey) : -1;
      if (!bestKey || (this.plan.reverse ? order > 0 : order < 0)) {
        best = scan;
        bestKey = key;
      }
    });
    return best?.next()?.rid;
  }
}

/** Ranges with different prefixes are each sorted in themselves; in one order they come only by merging. */
export function merges(plan: IndexPlan): boolean {
  if (!plan.sorted || plan.ranges.length < 2) return false;
  const [first] = plan.ranges;
  if (!first) return false;
  const prefix = first.start.subarray(0, first.prefixLength);
  return plan.ranges.some(
    (range) => range.prefixLength !== first.prefixLength || !range.start.subarray(0, range.prefixLength).equals(prefix),
  );
}

export interface Found {
  rid: number;
  bytes: Buffer;
}

export type FoundStream = Generator<Found | Pause, void>;

/** All records of a collection in the order they were inserted. */
export class RecordScan {
  private chunk: Found[] = [];
  private at = 0;
  private readTurn = -1;
  private last: Buffer | undefined;

  constructor(
    private readonly ctx: ScanContext,
    private readonly collection: Collection,
    private readonly reverse: boolean,
  ) {}

  next(): Found | undefined {
    if (this.at >= this.chunk.length || this.readTurn !== this.ctx.slice.turn) this.fill();
    const found = this.chunk[this.at++];
    if (!found) return undefined;
    this.last = Buffer.allocUnsafe(10);
    this.last.writeUInt32BE(this.collection.id, 0);
    this.last.writeUIntBE(found.rid, 4, 6);
    return found;
  }

  private fill(): void {
    if (this.readTurn !== this.ctx.slice.turn) this.ctx.catalog.checkThere(this.collection);
    this.readTurn = this.ctx.slice.turn;
    this.chunk = [];
    this.at = 0;
    const prefix = idPrefix(this.collection.id);
    const after = successor(prefix);
    let bytes = 0;
    const range = this.ctx.store.records.getRange({
      start: this.last ?? (this.reverse ? after : prefix),
      end: this.reverse ? prefix : after,
      reverse: this.reverse,
      exclusiveStart: this.last !== undefined,
    });
    for (const { key, value } of range) {
      this.chunk.push({ rid: ridOf(key), bytes: value });
      bytes += value.length;
      if (bytes > CHUNK_BYTES || this.chunk.length >= LAST_CHUNK) break;
    }
  }
}
