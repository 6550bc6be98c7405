import { FieldSet, pick } from '../bson/raw.js';
import { MongoError } from '../errors.js';
import type { ReadContext } from '../storage/slice.js';
import type { Found, FoundStream } from './scan.js';
import { sorted } from '../document/sorted.js';
import { sortKey, type SortField } from '../document/sort.js';
import { PAUSE, stretch } from '../stretch.js';

/** MongoDB's own limit of a sort in memory (internalQueryMaxBlockingSortMemoryUsageBytes). */
const MAX_SORT_BYTES = 100 * 1024 * 1024;

const STEPS_OF_COPY = 20;

interface Keyed {
  key: Buffer;
  found: Found;
}

function byKey(a: Keyed, b: Keyed): number {
  return a.key.compare(b.key) || a.found.rid - b.found.rid;
}

/** Small records share a block of memory with others that were read with them: what stays is copied out of it. */
function owned({ key, found }: Keyed): Keyed {
  return { key, found: { rid: found.rid, bytes: Buffer.from(found.bytes) } };
}

function sortLimitError(): MongoError {
  return new MongoError(
    292,
    `Sort exceeded memory limit of ${MAX_SORT_BYTES} bytes; embedded-mongo does not sort on disk. Add an index or a limit.`,
  );
}

/** Sorts in memory; with a limit only as many documents are kept as it asks for. */
export function* sortFound(ctx: ReadContext, source: FoundStream, fields: readonly SortField[], limit: number): FoundStream {
  const roots = new FieldSet(new Set(fields.map((field) => field.parts[0] ?? '')));
  let kept: Keyed[] = [];
  let bytes = 0;
  for (const found of source) {
    if (found === PAUSE) {
      yield PAUSE;
      continue;
    }
    kept.push({ key: sortKey(pick(found.bytes, roots), fields), found });
    bytes += found.bytes.length;
    if (limit > 0 && kept.length >= limit * 2 + 512) {
      const all = yield* sorted(kept, byKey);
      [kept, bytes] = [[], 0];
      for (const item of all.slice(0, limit)) {
        kept.push(owned(item));
        bytes += item.found.bytes.length;
        if (stretch.isDue(STEPS_OF_COPY)) yield PAUSE;
      }
    }
    if (bytes > MAX_SORT_BYTES) throw sortLimitError();
  }
  kept = yield* sorted(kept, byKey);
  for (const { found } of limit > 0 ? kept.slice(0, limit) : kept) {
    yield found;
    if (ctx.slice.over(ctx.deadline)) yield PAUSE;
  }
}
