import { MongoError } from '../errors.js';
import { Binary, Decimal, isDoc, Opaque, RawDoc, Regex, type Value } from '../bson/values.js';

/** MongoDB's limit of what one stage may hold (manual: core/aggregation-pipeline-limits). */
const STAGE_LIMIT = 100 * 1024 * 1024;

const OBJECT = 64;
const FIELD = 32;

/** About how many bytes of memory a value takes; what is measured is decoded, so this is more than its BSON. */
export function weigh(value: Value | undefined): number {
  if (typeof value === 'string') return 24 + value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (isDoc(value)) {
    let sum = OBJECT;
    for (const [name, field] of value) sum += FIELD + name.length + weigh(field);
    return sum;
  }
  if (Array.isArray(value)) {
    let sum = OBJECT;
    for (const item of value) sum += 8 + weigh(item);
    return sum;
  }
  if (value instanceof Binary || value instanceof Opaque || value instanceof RawDoc || value instanceof Decimal)
    return OBJECT + value.bytes.length;
  if (value instanceof Regex) return OBJECT + value.pattern.length;
  return OBJECT;
}

/** Counts what is held; a negative number gives back. */
export type Spend = (bytes: number) => void;

/**
 * What one stage may hold. MongoDB would go on with files; here the operation ends with the code that MongoDB has
 * when it must not use the disk.
 */
export function allowance(what: string, code = 292): Spend {
  let held = 0;
  return (bytes) => {
    held += bytes;
    if (held > STAGE_LIMIT)
      throw new MongoError(
        code,
        `${what} used too much memory: the limit is ${STAGE_LIMIT} bytes, and embedded-mongo does not use the disk`,
      );
  };
}
