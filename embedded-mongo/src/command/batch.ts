import { type Doc, doc, OK, RawDoc, type Value } from '../bson/values.js';
import type { Cursor } from '../engine/cursors.js';
import type { ReadContext } from '../storage/slice.js';
import type { Engine } from '../engine/engine.js';
import { andThen, type Soon } from '../soon.js';
import { PAUSE, type Job } from '../stretch.js';

/** MongoDB fills a reply with documents up to its maximum document size. */
const MAX_BATCH_BYTES = 16 * 1024 * 1024;

interface Batch {
  documents: Value[];
  finished: boolean;
}

/** Takes the next documents of a cursor: at most `size` of them (0: as many as fit). */
export function* nextBatch(cursor: Cursor, size: number): Job<Batch> {
  const documents: Value[] = [];
  let bytes = 0;
  if (cursor.held) {
    documents.push(new RawDoc(cursor.held));
    bytes = cursor.held.length;
    cursor.held = undefined;
  }
  while (size === 0 || documents.length < size) {
    const step = cursor.results.next();
    if (step.done) return { documents, finished: true };
    if (step.value === PAUSE) {
      yield PAUSE;
      continue;
    }
    if (documents.length > 0 && bytes + step.value.length > MAX_BATCH_BYTES) {
      cursor.held = step.value;
      return { documents, finished: false };
    }
    documents.push(new RawDoc(step.value));
    bytes += step.value.length;
  }
  return { documents, finished: false };
}

export interface FirstBatchOptions {
  batchSize: number;
  singleBatch: boolean;
  timeout: boolean;
  read: ReadContext;
}

/** Runs a query up to its first batch and keeps the cursor if there is more. */
export function firstBatch(engine: Engine, namespace: string, results: Cursor['results'], options: FirstBatchOptions): Soon<Doc> {
  const cursor = engine.cursors.open(namespace, results, options.read, options.timeout);
  const reply = ({ documents, finished }: Batch): Doc => {
    const open = !finished && !options.singleBatch;
    if (open) engine.cursors.keep(cursor);
    else cursor.results.return();
    return doc({ cursor: doc({ firstBatch: documents, id: open ? cursor.id : 0n, ns: namespace }), ok: OK });
  };
  if (options.batchSize === 0) return reply({ documents: [], finished: false });
  return andThen(engine.read(nextBatch(cursor, options.batchSize)), reply);
}
