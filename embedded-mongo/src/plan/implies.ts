import { compareValues, typeOrder } from '../bson/compare.js';
import type { Predicate, Predicates } from './intervals.js';
import { intersect, normalize } from './intervals.js';

function covers(wide: Predicate, narrow: Predicate): boolean {
  const inside = intersect(wide.intervals, narrow.intervals);
  const own = normalize(narrow.intervals);
  return inside.length === own.length && inside.every((interval, i) => sameInterval(interval, own[i]));
}

function sameInterval(a: Predicate['intervals'][number], b: Predicate['intervals'][number] | undefined): boolean {
  return (
    b !== undefined && a.low.equals(b.low) && a.high.equals(b.high) && a.lowIncluded === b.lowIncluded && a.highIncluded === b.highIncluded
  );
}

function sameOperand(a: Predicate, b: Predicate): boolean {
  // A condition on elements stands for several operands.
  if (a.op.startsWith('$elemMatch')) return false;
  return a.op === b.op && typeOrder(a.operand) === typeOrder(b.operand) && compareValues(a.operand, b.operand) === 0;
}

function impliedBy(expected: Predicate, given: Predicate): boolean {
  if (given.path !== expected.path) return false;
  if (sameOperand(given, expected)) return true;
  if (expected.op === '$exists') return !given.matchesMissing;
  return expected.exact && given.exact && covers(expected, given);
}

/** Whether every document the given conditions find also meets the expected ones, so that a partial index has it. */
export function implies(given: readonly Predicate[], expected: Predicates): boolean {
  if (!expected.complete) return false;
  return expected.list.every((wanted) => given.some((predicate) => impliedBy(wanted, predicate)));
}
