import { stretch } from '../stretch.js';
import { isDoc, type Value } from '../bson/values.js';

/** What a match can tell: the index of the outermost array element it went through, for the positional operator. */
export interface MatchDetails {
  position?: number;
}

export type LeafTest = (value: Value | undefined) => boolean;

const digits = /^(0|[1-9][0-9]*)$/;

export function arrayIndex(part: string): number | undefined {
  return digits.test(part) ? Number(part) : undefined;
}

export function splitPath(path: string): string[] {
  return path.includes('.') ? path.split('.') : [path];
}

function noted(details: MatchDetails | undefined, position: number): true {
  if (details) details.position = position;
  return true;
}

function testLeaf(value: Value | undefined, test: LeafTest, expand: boolean, details?: MatchDetails): boolean {
  if (expand && Array.isArray(value)) {
    stretch.count(value.length);
    for (let i = 0; i < value.length; i++) if (test(value[i])) return noted(details, i);
  }
  return test(value);
}

/**
 * Whether any value that the path leads to passes the test. Arrays on the way are searched element by element;
 * an array at the end is tried element by element and then as a whole unless `expand` is false
 * (manual: tutorial/query-array-of-documents).
 */
export function anyAt(
  value: Value | undefined,
  parts: readonly string[],
  at: number,
  test: LeafTest,
  expand: boolean,
  details?: MatchDetails,
): boolean {
  if (at === parts.length) return testLeaf(value, test, expand, details);
  const part = parts[at] ?? '';
  if (isDoc(value)) return anyAt(value.get(part), parts, at + 1, test, expand, details);
  if (!Array.isArray(value)) return test(undefined);
  const index = arrayIndex(part);
  if (index !== undefined && index < value.length && anyAt(value[index], parts, at + 1, test, expand, details)) return true;
  for (let i = 0; i < value.length; i++) {
    const element = value[i];
    if (isDoc(element) && anyAt(element, parts, at, test, expand, details)) return noted(details, i);
  }
  return false;
}

/** All values the path leads to, as distinct and $lookup see them: arrays at the end are taken apart. */
export function valuesAt(value: Value | undefined, parts: readonly string[], expandLeaf = true): Value[] {
  const found: Value[] = [];
  const take = (leaf: Value | undefined): boolean => {
    if (leaf !== undefined) found.push(leaf);
    return false;
  };
  collect(value, parts, 0, take, expandLeaf);
  return found;
}

function collect(value: Value | undefined, parts: readonly string[], at: number, take: LeafTest, expand: boolean): void {
  if (at === parts.length) {
    if (expand && Array.isArray(value)) for (const element of value) take(element);
    else take(value);
    return;
  }
  const part = parts[at] ?? '';
  if (isDoc(value)) collect(value.get(part), parts, at + 1, take, expand);
  else if (Array.isArray(value)) {
    const index = arrayIndex(part);
    if (index !== undefined && index < value.length) collect(value[index], parts, at + 1, take, expand);
    for (const element of value) if (isDoc(element)) collect(element, parts, at, take, expand);
  }
}
