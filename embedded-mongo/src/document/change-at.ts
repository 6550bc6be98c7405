import { formatValue } from '../bson/format.js';
import { type Doc, isDoc, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { arrayIndex } from './path.js';

/** The farthest an update may extend an array by naming an index beyond its end. */
const MAX_PADDING = 1_500_000;

/** Returns the new value; undefined removes the field, the very same value leaves it. */
export type Change = (value: Value | undefined) => Value | undefined;

export interface ApplyOptions {
  /** Whether missing parents are created: not by $unset, $pull and the like. */
  create: boolean;
}

function notViable(part: string, name: string, container: Value): MongoError {
  return new MongoError(28, `Cannot create field '${part}' in element {${name}: ${formatValue(container)}}`);
}

function changeField(container: Doc, part: string, change: Change): void {
  const before = container.get(part);
  const after = change(before);
  if (after === undefined) container.delete(part);
  else if (after !== before) container.set(part, after);
}

function padTo(array: Value[], index: number): void {
  if (index - array.length > MAX_PADDING) {
    throw new MongoError(2, `can't backfill more than ${MAX_PADDING} elements of an array`);
  }
  while (array.length < index) array.push(null);
}

function changeElement(array: Value[], index: number, change: Change, options: ApplyOptions): void {
  const exists = index < array.length;
  const after = change(exists ? array[index] : undefined);
  if (after === undefined) {
    // Removing an element would move the others; MongoDB leaves null in its place.
    if (exists) array[index] = null;
    return;
  }
  if (!exists && !options.create) return;
  padTo(array, index);
  array[index] = after;
}

/** Applies a change at a path without placeholders, creating documents on the way where allowed. */
export function changeAt(root: Doc, parts: readonly string[], change: Change, options: ApplyOptions): void {
  let container: Value = root;
  let name = '';
  for (let i = 0; ; i++) {
    const part = parts[i] ?? '';
    const last = i === parts.length - 1;
    if (isDoc(container)) {
      if (last) {
        changeField(container, part, change);
        return;
      }
      const inner: Value | undefined = container.get(part);
      if (inner === undefined) {
        if (!options.create) return;
        container.set(part, (container = new Map<string, Value>()));
      } else container = inner;
    } else if (Array.isArray(container)) {
      const index = arrayIndex(part);
      if (index === undefined) {
        if (!options.create) return;
        throw notViable(part, name, container);
      }
      if (last) {
        changeElement(container, index, change, options);
        return;
      }
      if (index >= container.length) {
        if (!options.create) return;
        padTo(container, index);
        container.push(new Map<string, Value>());
      }
      container = container[index] ?? null;
    } else {
      if (!options.create) return;
      throw notViable(part, name, container);
    }
    name = part;
  }
}

export function valueAt(root: Doc, parts: readonly string[]): Value | undefined {
  let value: Value | undefined = root;
  for (const part of parts) {
    if (isDoc(value)) value = value.get(part);
    else if (Array.isArray(value)) {
      const index = arrayIndex(part);
      value = index === undefined ? undefined : value[index];
    } else return undefined;
  }
  return value;
}
