import { isDoc, type Value } from '../bson/values.js';

/** Variables by name without the dollars: ROOT, CURRENT, NOW, those of $let, $map, $lookup… */
export type Scope = ReadonlyMap<string, Value | undefined>;
/** A compiled expression; undefined is MongoDB's "missing". */
export type Compute = (scope: Scope) => Value | undefined;
/** Turns an operator's argument into something that can be computed. */
export type OperatorCompiler = (argument: Value, compile: (expression: Value) => Compute) => Compute;

/** A field path through arrays: of an array of documents it gives the array of their fields. */
export function fieldPath(value: Value | undefined, parts: readonly string[], at = 0): Value | undefined {
  if (at === parts.length) return value;
  if (isDoc(value)) return fieldPath(value.get(parts[at] ?? ''), parts, at + 1);
  if (!Array.isArray(value)) return undefined;
  const found: Value[] = [];
  for (const element of value) {
    const inner = isDoc(element) || Array.isArray(element) ? fieldPath(element, parts, at) : undefined;
    if (inner !== undefined) found.push(inner);
  }
  return found;
}

export function scopeOf(document: Value, variables?: ReadonlyMap<string, Value | undefined>): Map<string, Value | undefined> {
  const scope = new Map<string, Value | undefined>(variables ?? []);
  scope.set('ROOT', document);
  scope.set('CURRENT', document);
  if (!scope.has('NOW')) scope.set('NOW', new Date());
  return scope;
}
