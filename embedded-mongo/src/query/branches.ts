import { keyText } from '../bson/key.js';
import type { Value } from '../bson/values.js';
import { anyAt, splitPath } from '../document/path.js';
import { type Job, PAUSE, stretch } from '../stretch.js';
import type { Branches, Leaf, Node } from './node.js';

/** Fewer branches are tried one after the other. */
const FEW = 16;
const STEPS_OF_LOOKUP = 10;

/** A condition for one value; null and an array mean more than the value itself. */
function isEquality(node: Node): node is Leaf {
  return node.kind === 'leaf' && node.op === '$eq' && node.operand !== null && !Array.isArray(node.operand);
}

const conditionsOf = (branch: Node): readonly Node[] => (branch.kind === 'and' ? branch.nodes : [branch]);

/** The path at which most branches ask for a value. */
function commonPath(nodes: readonly Node[]): string | undefined {
  const counts = new Map<string, number>();
  for (const branch of nodes) {
    for (const node of conditionsOf(branch)) if (isEquality(node)) counts.set(node.path, (counts.get(node.path) ?? 0) + 1);
  }
  let common: string | undefined;
  for (const [path, count] of counts) if (common === undefined || count > (counts.get(common) ?? 0)) common = path;
  return common;
}

/** Makes a document cost what its values cost, and not what all the branches of an `$or` do. */
export function branchesOf(nodes: readonly Node[]): Branches | undefined {
  const path = nodes.length > FEW ? stretch.piece(() => commonPath(nodes)) : undefined;
  return path === undefined ? undefined : stretch.inParts(() => branchesBy(path, nodes));
}

function* branchesBy(path: string, nodes: readonly Node[]): Job<Branches> {
  const byValue = new Map<string, Node[]>();
  const values: Value[] = [];
  const others: Node[] = [];
  for (const branch of nodes) {
    if (stretch.isDue(STEPS_OF_LOOKUP)) yield PAUSE;
    const leaf = conditionsOf(branch).find((node) => isEquality(node) && node.path === path);
    if (!leaf || !isEquality(leaf)) {
      others.push(branch);
      continue;
    }
    values.push(leaf.operand);
    const key = keyText(leaf.operand);
    const same = byValue.get(key);
    if (same) same.push(branch);
    else byValue.set(key, [branch]);
  }
  const parts = splitPath(path);
  return {
    path,
    values: others.length === 0 ? values : undefined,
    candidates: (value) => {
      const found = new Set<Node>();
      const take = (at: Value | undefined): boolean => {
        stretch.spend(STEPS_OF_LOOKUP);
        if (at !== undefined) for (const node of byValue.get(keyText(at)) ?? []) found.add(node);
        return false;
      };
      anyAt(value, parts, 0, take, true);
      return [...found, ...others];
    },
  };
}
