import { performance } from 'node:perf_hooks';
import { toNumber } from '../bson/number.js';
import { type Doc, isDoc, isNumeric, typeName, type Value } from '../bson/values.js';
import { MongoError, notSupported, typeMismatch } from '../errors.js';
import type { Engine } from '../engine/engine.js';
import type { Scope } from '../expression/expression.js';
import { compile } from '../expression/compile.js';
import type { ReadContext } from '../storage/slice.js';
import type { Soon } from '../soon.js';
import { decodeInSteps } from '../bson/decode.js';
import { type Job, PAUSE } from '../stretch.js';

export interface Request {
  requestId: number;
  kind: 'message' | 'query';
  db: string;
  command: Doc;
  /** Whether taking the command apart may take long. */
  isLong: boolean;
  /** Document sequences by their name: documents that travel beside the command, still encoded. */
  sequences: ReadonlyMap<string, Buffer[]>;
  /** The client does not wait for an answer (an unacknowledged write). */
  silent: boolean;
}

export interface ServerInfo {
  engine: Engine;
  connections: () => number;
  /** What serverStatus counts, by command. */
  counters: Map<string, number>;
}

export interface CommandContext {
  server: ServerInfo;
  engine: Engine;
  request: Request;
  name: string;
  db: string;
  command: Doc;
  /** performance.now() at which maxTimeMS is over. */
  deadline: number | undefined;
}

export interface Command {
  run(ctx: CommandContext): Soon<Doc>;
  /** The fields it knows besides its own name and those every command has; others are refused. 'any': it looks itself. */
  fields: readonly string[] | 'any';
}

/** Fields that drivers add to any command. */
const generic = new Set(
  (
    '$db lsid $clusterTime $readPreference readConcern writeConcern maxTimeMS comment apiVersion apiStrict ' +
    'apiDeprecationErrors $audit $client txnNumber autocommit startTransaction stmtId stmtIds readPreference ' +
    '$queryOptions mayBypassWriteBlocking maxTimeMSOpOnly clientOperationKey'
  ).split(' '),
);

export function checkFields(ctx: CommandContext, known: Command['fields']): void {
  if (known === 'any') return;
  for (const [name, value] of ctx.command) {
    if (name === ctx.name || generic.has(name) || known.includes(name)) continue;
    throw new MongoError(
      40415,
      `BSON field '${ctx.name}.${name}' is an unknown field (or one that embedded-mongo does not support: ${typeName(value)}).`,
    );
  }
}

export function stringField(ctx: CommandContext, name: string): string {
  const value = ctx.command.get(name);
  if (typeof value !== 'string') {
    throw value === undefined
      ? new MongoError(40414, `BSON field '${ctx.name}.${name}' is missing but a required field`)
      : typeMismatch(`BSON field '${ctx.name}.${name}' is the wrong type '${typeName(value)}', expected type 'string'`);
  }
  return value;
}

/** The items of a batch are looked at before the first is done: a field that is wrong in one ends the whole command. */
export function checkItems(path: string, items: readonly Doc[], required: readonly string[], known: readonly string[]): void {
  for (const item of items) {
    const unknown = [...item.keys()].find((name) => !known.includes(name));
    if (unknown !== undefined) throw new MongoError(40415, `BSON field '${path}.${unknown}' is an unknown field.`);
    const missing = required.find((name) => !item.has(name));
    if (missing !== undefined) throw new MongoError(40414, `BSON field '${path}.${missing}' is missing but a required field`);
  }
}

/** The collection a command names in its own field. */
export function collectionName(ctx: CommandContext): string {
  const name = ctx.command.get(ctx.name);
  if (typeof name !== 'string') throw new MongoError(73, `collection name has invalid type ${typeName(name)}`);
  checkNamespace(ctx.db, name);
  return name;
}

export function checkNamespace(db: string, name: string): void {
  if (name === '' || name.includes('\0') || name.startsWith('.') || name.endsWith('.')) {
    throw new MongoError(73, `Invalid namespace specified '${db}.${name}'`);
  }
  if (db === '' || /[\s/\\."$\0]/.test(db) || db.length > 63) throw new MongoError(73, `Invalid database name: '${db}'`);
  if (Buffer.byteLength(db) + Buffer.byteLength(name) > 254)
    throw new MongoError(73, `Fully qualified namespace is too long. Namespace: ${db}.${name} Max: 255`);
}

export function docField(ctx: CommandContext, name: string): Doc | undefined {
  const value = ctx.command.get(name);
  if (value === undefined || value === null) return undefined;
  if (!isDoc(value)) throw typeMismatch(`BSON field '${ctx.name}.${name}' is the wrong type '${typeName(value)}', expected type 'object'`);
  return value;
}

export function flag(value: Value | undefined): boolean {
  return value === true || (isNumeric(value) && toNumber(value) !== 0);
}

export function intField(fields: Doc, name: string, fallback: number): number {
  const value = fields.get(name);
  if (value === undefined || value === null) return fallback;
  if (!isNumeric(value))
    throw typeMismatch(`BSON field '${name}' is the wrong type '${typeName(value)}', expected types '[long, int, decimal, double]'`);
  return Math.trunc(toNumber(value));
}

/** A collation other than the plain one would change results: it is refused, not ignored. */
export function checkCollation(value: Value | undefined): void {
  if (value === undefined || (isDoc(value) && (value.size === 0 || value.get('locale') === 'simple'))) return;
  throw notSupported('collations other than {locale: "simple"}');
}

/** When the time of a request that begins now is over. */
export function deadlineOf(command: Doc): number | undefined {
  const limit = intField(command, 'maxTimeMS', 0);
  if (limit < 0) throw new MongoError(2, `maxTimeMS must be non-negative: ${limit}`);
  return limit > 0 ? performance.now() + limit : undefined;
}

export function readContext({ engine: { store, catalog, slice }, deadline }: CommandContext): ReadContext {
  return { store, catalog, slice, deadline };
}

/** The variables of let, computed once. */
export function letVariables(value: Value | undefined): Scope {
  const scope = new Map<string, Value | undefined>([['NOW', new Date()]]);
  if (!isDoc(value)) return scope;
  for (const [name, expression] of value) scope.set(name, compile(expression)(scope));
  return scope;
}

/** A list of documents that travels in the command or beside it; as bytes. */
export function sequenceOf(ctx: CommandContext, name: string): Buffer[] | undefined {
  return ctx.request.sequences.get(name);
}

function* decoded(ctx: CommandContext, documents: readonly Buffer[]): Job<Doc[]> {
  const result: Doc[] = [];
  for (const bytes of documents) {
    result.push(yield* decodeInSteps(bytes));
    if (ctx.engine.slice.over(ctx.deadline)) yield PAUSE;
  }
  return result;
}

/** The documents of a batch, which may be 48 MB of them: they are decoded with pauses. */
export async function batchOf(ctx: CommandContext, name: string): Promise<Doc[]> {
  const beside = sequenceOf(ctx, name);
  return beside ? ctx.engine.read(decoded(ctx, beside)) : documentsOf(ctx, name);
}

/** The documents that stand in the command itself. */
export function documentsOf(ctx: CommandContext, name: string): Doc[] {
  const inside = ctx.command.get(name);
  if (!Array.isArray(inside)) throw new MongoError(40414, `BSON field '${ctx.name}.${name}' is missing but a required field`);
  const documents = inside.filter(isDoc);
  if (documents.length !== inside.length) throw typeMismatch(`BSON field '${ctx.name}.${name}' must hold objects`);
  return documents;
}

export function hintOf(value: Value | undefined): Doc | string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (!isDoc(value)) throw new MongoError(9, 'Hint must be a string or an object');
  return value.size === 0 ? undefined : value;
}
