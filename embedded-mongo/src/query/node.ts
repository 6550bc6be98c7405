import type { Equality } from '../expression/condition.js';
import { type Doc, isDoc, type Value } from '../bson/values.js';
import { type Job, PAUSE, stretch } from '../stretch.js';
import { anyAt, type LeafTest, type MatchDetails } from '../document/path.js';

export interface Leaf {
  kind: 'leaf';
  path: string;
  parts: string[];
  op: string;
  operand: Value;
  test: LeafTest;
  /** Whether an array at the end of the path is tried element by element. */
  expand: boolean;
}

export type Node =
  | Leaf
  | { kind: 'and'; nodes: Node[] }
  | { kind: 'or'; nodes: Node[]; branches?: Branches | undefined }
  | { kind: 'not'; node: Node }
  | { kind: 'elemMatch'; path: string; parts: string[]; matches: (element: Value) => boolean; node: Node }
  | { kind: 'computed'; matches: (document: Doc) => boolean; equalities: Equality[] };

/** A long `$or`, of which most branches ask for a value at one path. */
export interface Branches {
  path: string;
  /** The values asked for at that path, if every branch asks for one. */
  values: readonly Value[] | undefined;
  /** The branches that may hold for a value: those that ask for what it has at the path, and those that ask otherwise. */
  candidates(value: Value): Node[];
}

export function evaluate(node: Node, value: Value, details?: MatchDetails): boolean {
  stretch.spend(1);
  switch (node.kind) {
    case 'leaf':
      return anyAt(value, node.parts, 0, node.test, node.expand, details);
    case 'and':
      return node.nodes.every((child) => evaluate(child, value, details));
    case 'or':
      return (node.branches?.candidates(value) ?? node.nodes).some((child) => evaluate(child, value, details));
    case 'not':
      return !evaluate(node.node, value);
    case 'elemMatch':
      return anyAt(value, node.parts, 0, (leaf) => elementMatches(leaf, node.matches, details), false);
    case 'computed':
      return isDoc(value) && node.matches(value);
  }
}

/** An array at the end of a path of one name, which is where long ones are. */
function* longLeafMatches(leaf: Leaf, array: readonly Value[], details?: MatchDetails): Job<boolean> {
  for (const [i, element] of array.entries()) {
    if (leaf.test(element)) {
      if (details) details.position = i;
      return true;
    }
    if (stretch.isDue(1)) yield PAUSE;
  }
  return leaf.test(array as Value[]);
}

/** The same as evaluate, with pauses between conditions and between the elements of a long array. */
export function* evaluateInSteps(node: Node, value: Value, details?: MatchDetails): Job<boolean> {
  if (stretch.isDue(1)) yield PAUSE;
  if (node.kind === 'not') return !(yield* evaluateInSteps(node.node, value));
  if (node.kind === 'leaf' && node.expand && node.parts.length === 1 && isDoc(value)) {
    const found = value.get(node.path);
    if (Array.isArray(found)) return yield* longLeafMatches(node, found, details);
  }
  if (node.kind !== 'and' && node.kind !== 'or') return yield* stretch.repeating(() => evaluate(node, value, details));
  const deciding = node.kind === 'or';
  for (const child of node.nodes) if ((yield* evaluateInSteps(child, value, details)) === deciding) return deciding;
  return !deciding;
}

function elementMatches(leaf: Value | undefined, matches: (element: Value) => boolean, details?: MatchDetails): boolean {
  if (!Array.isArray(leaf)) return false;
  const position = leaf.findIndex(matches);
  if (position >= 0 && details) details.position = position;
  return position >= 0;
}

/** Applies operators to an element itself instead of to a path below it; one that is an array is not searched. */
export function evaluateValue(node: Node, element: Value): boolean {
  switch (node.kind) {
    case 'leaf':
      return node.test(element);
    case 'and':
      return node.nodes.every((child) => evaluateValue(child, element));
    case 'or':
      return node.nodes.some((child) => evaluateValue(child, element));
    case 'not':
      return !evaluateValue(node.node, element);
    case 'elemMatch':
      return Array.isArray(element) && element.some(node.matches);
    case 'computed':
      return false;
  }
}
