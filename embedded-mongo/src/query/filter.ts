import { type Doc, isDoc, Opaque, Regex, type Value } from '../bson/values.js';
import { badValue, failedToParse, MongoError, notSupported } from '../errors.js';
import { compileCondition, equalitiesOf } from '../expression/condition.js';
import type { Scope } from '../expression/expression.js';
import { type Job, stretch } from '../stretch.js';
import { branchesOf } from './branches.js';
import { bitsTest, equalTest, inTest, modTest, orderTest, sizeTest, typeTest } from './operators.js';
import { evaluate, evaluateInSteps, evaluateValue, type Leaf, type Node } from './node.js';
import { type LeafTest, type MatchDetails, splitPath } from '../document/path.js';
import { regexTest } from '../document/regex.js';

export interface Filter {
  node: Node;
  /** The top-level fields it looks at; undefined if it may look at any. */
  roots: ReadonlySet<string> | undefined;
  /** Whether it has so many conditions that planning with it is long work of its own. */
  isLong: boolean;
  matches(document: Doc, details?: MatchDetails): boolean;
  /** The same with pauses, for a document of any size. */
  matchesInSteps(document: Doc, details?: MatchDetails): Job<boolean>;
}

interface FilterOptions {
  /** Variables of let, for $expr. */
  variables?: Scope | undefined;
}

/** Taking one condition apart and planning with it. */
const STEPS_OF_CONDITION = 20;
const MANY_CONDITIONS = 1000;

function leaf(path: string, op: string, operand: Value, test: LeafTest, expand = true): Leaf {
  return { kind: 'leaf', path, parts: splitPath(path), op, operand, test, expand };
}

const not = (node: Node): Node => ({ kind: 'not', node });

/** Fields of a DBRef: names and no operators. */
const REFERENCE = new Set(['$ref', '$id', '$db']);

function isOperatorDoc(value: Value): value is Doc {
  if (!isDoc(value)) return false;
  const [first] = value.keys();
  return first !== undefined && first.startsWith('$') && !REFERENCE.has(first);
}

function equality(path: string, operand: Value): Node {
  if (operand instanceof Regex) return leaf(path, '$regex', operand, regexTest(operand));
  if (operand instanceof Opaque && operand.type === 6) throw badValue('cannot compare to undefined');
  return leaf(path, '$eq', operand, equalTest(operand));
}

function arrayOperand(op: string, operand: Value): Value[] {
  if (!Array.isArray(operand)) throw badValue(`${op} needs an array`);
  return operand;
}

function inNode(path: string, op: string, operand: Value): Leaf {
  const operands = arrayOperand(op, operand);
  if (operands.some(isOperatorDoc)) throw badValue(`cannot nest $ under ${op}`);
  return leaf(path, '$in', operands, inTest(operands));
}

function allNode(path: string, operand: Value): Node {
  const operands = arrayOperand('$all', operand);
  if (operands.length === 0) return { kind: 'or', nodes: [] };
  const nodes = operands.map((item) => {
    if (!isOperatorDoc(item)) return equality(path, item);
    const element = item.get('$elemMatch');
    if (item.size !== 1 || element === undefined) throw badValue('no $ expressions in $all');
    return elemMatchNode(path, element);
  });
  return { kind: 'and', nodes };
}

function elemMatchNode(path: string, operand: Value): Node {
  if (!isDoc(operand)) throw badValue('$elemMatch needs an Object');
  const [first] = operand.keys();
  const byValue = isOperatorDoc(operand) && !['$and', '$or', '$nor', '$where', '$expr'].includes(first ?? '');
  const node: Node = byValue ? { kind: 'and', nodes: operatorNodes('', operand) } : parseDoc(operand, {});
  const matches = byValue
    ? (element: Value): boolean => evaluateValue(node, element)
    : (element: Value): boolean => (isDoc(element) || Array.isArray(element)) && evaluate(node, element);
  return { kind: 'elemMatch', path, parts: splitPath(path), matches, node };
}

function regexNode(path: string, operand: Value, options: Value | undefined): Node {
  const flags = options === undefined ? undefined : options;
  if (flags !== undefined && typeof flags !== 'string') throw badValue('$options has to be a string');
  const regex =
    operand instanceof Regex
      ? new Regex(operand.pattern, flags ?? operand.flags)
      : new Regex(typeof operand === 'string' ? operand : '', flags ?? '');
  if (!(operand instanceof Regex) && typeof operand !== 'string') throw badValue('$regex has to be a string');
  return leaf(path, '$regex', regex, regexTest(regex));
}

function notNode(path: string, operand: Value): Node {
  if (operand instanceof Regex) return not(equality(path, operand));
  if (!isDoc(operand)) throw badValue('$not needs a regex or a document');
  if (operand.size === 0) throw badValue('$not cannot be empty');
  return not({ kind: 'and', nodes: operatorNodes(path, operand) });
}

function truthy(value: Value): boolean {
  return !(
    value === false ||
    value === null ||
    value === 0 ||
    value === 0n ||
    (typeof value === 'object' && 'value' in value && value.value === 0)
  );
}

function existsNode(path: string, operand: Value): Node {
  const exists = leaf(path, '$exists', true, (value) => value !== undefined, false);
  return truthy(operand) ? exists : not(exists);
}

const unsupported = new Set(['$near', '$nearSphere', '$geoWithin', '$geoIntersects', '$within', '$maxDistance', '$minDistance']);

function operatorNode(path: string, op: string, operand: Value, all: Doc): Node {
  switch (op) {
    case '$eq':
      return operand instanceof Regex ? leaf(path, '$eq', operand, equalTest(operand)) : equality(path, operand);
    case '$ne':
      if (operand instanceof Regex) throw badValue("Can't have regex as arg to $ne.");
      return not(equality(path, operand));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      if (operand instanceof Regex) throw badValue(`Can't have RegEx as arg to predicate over field '${path}'.`);
      return leaf(path, op, operand, orderTest(op, operand));
    case '$in':
      return inNode(path, op, operand);
    case '$nin':
      return not(inNode(path, op, operand));
    case '$all':
      return allNode(path, operand);
    case '$exists':
      return existsNode(path, operand);
    case '$elemMatch':
      return elemMatchNode(path, operand);
    case '$not':
      return notNode(path, operand);
    case '$regex':
      return regexNode(path, operand, all.get('$options'));
    case '$options':
      if (!all.has('$regex')) throw badValue('$options needs a $regex');
      return { kind: 'and', nodes: [] };
    default:
      return rareOperatorNode(path, op, operand);
  }
}

function rareOperatorNode(path: string, op: string, operand: Value): Node {
  switch (op) {
    case '$type':
      return leaf(path, op, operand, typeTest(operand));
    case '$mod':
      return leaf(path, op, operand, modTest(operand));
    case '$size':
      return leaf(path, op, operand, sizeTest(operand), false);
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return leaf(path, op, operand, bitsTest(op, operand));
    default:
      if (unsupported.has(op)) throw notSupported(`geospatial queries (${op})`);
      throw badValue(`unknown operator: ${op}`);
  }
}

function operatorNodes(path: string, operators: Doc): Node[] {
  return [...operators].map(([op, operand]) => {
    stretch.spend(STEPS_OF_CONDITION);
    if (!op.startsWith('$')) throw badValue(`unknown operator: ${op}`);
    return operatorNode(path, op, operand, operators);
  });
}

function logical(op: string, operand: Value, options: FilterOptions): Node {
  if (!Array.isArray(operand)) throw badValue(`${op} must be an array`);
  if (operand.length === 0) throw badValue('$and/$or/$nor must be a nonempty array');
  const nodes = operand.map((item) => {
    if (!isDoc(item)) throw badValue('$or/$and/$nor entries need to be full objects');
    return stretch.piece(() => parseDoc(item, options));
  });
  if (op === '$and') return { kind: 'and', nodes };
  const either: Node = { kind: 'or', nodes, branches: branchesOf(nodes) };
  return op === '$or' ? either : not(either);
}

function topLevel(op: string, operand: Value, options: FilterOptions): Node {
  switch (op) {
    case '$and':
    case '$or':
    case '$nor':
      return logical(op, operand, options);
    case '$expr':
      return {
        kind: 'computed',
        matches: compileCondition(operand, options.variables),
        equalities: equalitiesOf(operand, options.variables),
      };
    case '$comment':
    case '$alwaysTrue':
      return { kind: 'and', nodes: [] };
    case '$alwaysFalse':
      return { kind: 'or', nodes: [] };
    case '$where':
      throw notSupported('$where (server-side JavaScript)');
    case '$text':
      throw new MongoError(27, 'text index required for $text query');
    case '$jsonSchema':
    case '$sampleRate':
      throw notSupported(op);
    default:
      throw badValue(`unknown top level operator: ${op}. If you are trying to negate an entire expression, use $nor.`);
  }
}

function parseDoc(filter: Doc, options: FilterOptions): Node {
  const nodes: Node[] = [];
  for (const [key, operand] of filter) {
    stretch.spend(STEPS_OF_CONDITION);
    if (key.startsWith('$') && !REFERENCE.has(key)) nodes.push(topLevel(key, operand, options));
    else if (isOperatorDoc(operand)) nodes.push(...operatorNodes(key, operand));
    else nodes.push(equality(key, operand));
  }
  return nodes.length === 1 && nodes[0] ? nodes[0] : { kind: 'and', nodes };
}

function collectRoots(node: Node, into: Set<string>): boolean {
  switch (node.kind) {
    case 'leaf':
    case 'elemMatch':
      into.add(node.parts[0] ?? '');
      return true;
    case 'not':
      return collectRoots(node.node, into);
    case 'and':
    case 'or':
      return node.nodes.every((child) => collectRoots(child, into));
    case 'computed':
      return false;
  }
}

function rootsOf(node: Node): Set<string> | undefined {
  const roots = new Set<string>();
  return collectRoots(node, roots) ? roots : undefined;
}

/** Conditions and values that are compared with. */
function conditionsIn(node: Node): number {
  if (node.kind === 'and' || node.kind === 'or') return node.nodes.reduce((sum, child) => sum + conditionsIn(child), 0);
  return node.kind === 'leaf' && Array.isArray(node.operand) ? node.operand.length : 1;
}

export function compileFilter(filter: Value | undefined, options: FilterOptions = {}): Filter {
  if (filter !== undefined && !isDoc(filter)) throw failedToParse('the filter must be an object');
  const node = parseDoc(filter ?? new Map<string, Value>(), options);
  return {
    node,
    roots: stretch.piece(() => rootsOf(node)),
    isLong: stretch.piece(() => conditionsIn(node) > MANY_CONDITIONS),
    matches: (document, details) => evaluate(node, document, details),
    matchesInSteps: (document, details) => evaluateInSteps(node, document, details),
  };
}
