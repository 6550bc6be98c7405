import { keyText } from '../bson/key.js';
import type { Value } from '../bson/values.js';
import { anyAt } from '../document/path.js';
import type { Branches, Leaf, Node } from './node.js';

/** Fewer branches are tried one after the other. */
const FEW = 16;

/** The equalities of a branch; one with null or an array means more than the value itself. */
function equalitiesOf(branch: Node): Leaf[] {
  const nodes = branch.kind === 'and' ? branch.nodes : [branch];
  return nodes.filter(
    (node): node is Leaf => node.kind === 'leaf' && node.op === '$eq' && node.operand !== null && !Array.isArray(node.operand),
  );
}

/** The path at which most branches ask for a value. */
function commonPath(equalities: readonly Leaf[][]): string | undefined {
  const counts = new Map<string, number>();
  for (const path of equalities.flatMap((leaves) => leaves.map((leaf) => leaf.path))) counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts].reduce<[string, number] | undefined>((best, next) => (best && best[1] >= next[1] ? best : next), undefined)?.[0];
}

/** Makes a document cost what its values cost, and not what all the branches of an `$or` do. */
export function branchesOf(nodes: readonly Node[]): Branches | undefined {
  if (nodes.length <= FEW) return undefined;
  const equalities = nodes.map(equalitiesOf);
  const path = commonPath(equalities);
  if (path === undefined) return undefined;
  const leaves = equalities.map((own) => own.find((leaf) => leaf.path === path));
  const byValue = new Map<string, Node[]>();
  const others: Node[] = [];
  let parts: readonly string[] = [];
  for (const [i, leaf] of leaves.entries()) {
    const node = nodes[i] as Node;
    if (!leaf) {
      others.push(node);
      continue;
    }
    parts = leaf.parts;
    const key = keyText(leaf.operand);
    const same = byValue.get(key);
    if (same) same.push(node);
    else byValue.set(key, [node]);
  }
  return {
    path,
    values: others.length === 0 ? leaves.flatMap((leaf) => (leaf ? [leaf.operand] : [])) : undefined,
    candidates: (value) => {
      const found = new Set<Node>();
      const take = (at: Value | undefined): boolean => {
        if (at !== undefined) for (const node of byValue.get(keyText(at)) ?? []) found.add(node);
        return false;
      };
      anyAt(value, parts, 0, take, true);
      return [...found, ...others];
    },
  };
}
