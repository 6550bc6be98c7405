import { toNumber } from '../bson/number.js';
import { isNumeric, Opaque, type Value } from '../bson/values.js';

/** What $cond and $and take for true: everything but null, missing, undefined, false and zero. */
export function truthyValue(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  if (value instanceof Opaque && value.type === 6) return false;
  return !(isNumeric(value) && toNumber(value) === 0);
}
