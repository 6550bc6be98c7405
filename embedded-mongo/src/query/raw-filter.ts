import { decodeValue } from '../bson/decode.js';
import { FieldSet, visitFields } from '../bson/raw.js';
import { BSON, ObjectId, type Value } from '../bson/values.js';
import { type Leaf, type Node } from './node.js';

/** Tests one encoded value; undefined if the bytes alone do not tell. */
type BytesTest = (buf: Buffer, type: number, at: number) => boolean | undefined;

/** What a single top-level field has to be. */
interface Condition {
  leaf: Leaf;
  onBytes: BytesTest | undefined;
}

/** The filter as conditions that single top-level fields must all meet; undefined if it is anything else. */
export function topLevelLeaves(node: Node): Leaf[] | undefined {
  if (node.kind === 'leaf') return node.parts.length === 1 ? [node] : undefined;
  if (node.kind !== 'and') return undefined;
  const leaves: Leaf[] = [];
  for (const child of node.nodes) {
    const inner = topLevelLeaves(child);
    if (!inner) return undefined;
    leaves.push(...inner);
  }
  return leaves;
}

function sameBytes(buf: Buffer, at: number, bytes: Buffer): boolean {
  return buf.compare(bytes, 0, bytes.length, at, at + bytes.length) === 0;
}

/** Equality with a value of a type that equals no other; an array may hold the value and has to be looked into. */
function equalOnBytes(operand: Value): BytesTest | undefined {
  if (typeof operand === 'string') {
    const bytes = Buffer.from(operand);
    return (buf, type, at) => {
      if (type !== BSON.string) return type === BSON.array ? undefined : false;
      return buf.readInt32LE(at) === bytes.length + 1 && sameBytes(buf, at + 4, bytes);
    };
  }
  if (typeof operand === 'boolean') {
    return (buf, type, at) => (type === BSON.bool ? (buf[at] === 1) === operand : type === BSON.array ? undefined : false);
  }
  // Other numeric types may be equal as well: they are decoded.
  if (typeof operand === 'number') return (buf, type, at) => (type === BSON.int ? buf.readInt32LE(at) === operand : undefined);
  if (operand === null) return (_buf, type) => (type === BSON.array ? undefined : type === BSON.null);
  if (operand instanceof ObjectId) {
    return (buf, type, at) => (type === BSON.objectId ? sameBytes(buf, at, operand.bytes) : type === BSON.array ? undefined : false);
  }
  return undefined;
}

function meets({ leaf, onBytes }: Condition, buf: Buffer, type: number, at: number): boolean {
  const known = onBytes?.(buf, type, at);
  if (known !== undefined) return known;
  const value = decodeValue(buf, type, at);
  return (leaf.expand && Array.isArray(value) && value.some((element) => leaf.test(element))) || leaf.test(value);
}

/** Matches encoded documents against conditions of single top-level fields, decoding only what bytes cannot decide. */
export function bytesFilter(leaves: readonly Leaf[]): (bytes: Buffer) => boolean {
  const byName = new Map<string, Condition[]>();
  for (const leaf of leaves) {
    const conditions = byName.get(leaf.path) ?? [];
    byName.set(leaf.path, [...conditions, { leaf, onBytes: leaf.op === '$eq' ? equalOnBytes(leaf.operand) : undefined }]);
  }
  const fields = new FieldSet(new Set(byName.keys()));
  const met = (name: string, bytes: Buffer, type: number, at: number): boolean =>
    byName.get(name)?.every((condition) => meets(condition, bytes, type, at)) ?? true;
  return (bytes) => {
    const seen = new Set<string>();
    const failed = new Set<string>();
    if (fields.size === 0) return true;
    visitFields(bytes, fields, ({ name, type, value }) => {
      if (!seen.has(name)) (met(name, bytes, type, value) ? seen : failed).add(name);
      return failed.size === 0 && seen.size < fields.size;
    });
    if (failed.size > 0) return false;
    return seen.size === fields.size || leaves.every((leaf) => seen.has(leaf.path) || leaf.test(undefined));
  };
}
