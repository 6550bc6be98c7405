import { decodeValue, decodeValueInSteps, isLong } from '../bson/decode.js';
import { encodeElement, encodeElementInSteps } from '../bson/encode.js';
import { countElements, type RawElement, Splicer, visitFields } from '../bson/raw.js';
import { BSON, type Doc, type Value } from '../bson/values.js';
import { type Job, PAUSE, stretch } from '../stretch.js';
import type { Scope, Update } from './update.js';

const STEPS_OF_ITEM = 10;

/** The array's element with further items behind those it has, which stay encoded. */
function* extended(bytes: Buffer, { start, value, end }: RawElement, items: readonly Value[]): Job<Buffer> {
  const count = countElements(bytes, value);
  const added: Buffer[] = [];
  for (const [i, item] of items.entries()) {
    added.push(encodeElement(String(count + i), item));
    if (stretch.isDue(STEPS_OF_ITEM)) yield PAUSE;
  }
  const result = Buffer.concat([bytes.subarray(start, end - 1), ...added, Buffer.from([0])]);
  result.writeInt32LE(result.length - (value - start), value - start);
  return result;
}

interface Opened {
  /** The fields the update touches, in the document's order. */
  elements: RawElement[];
  /** Those of them that have to be decoded, and _id. */
  document: Doc;
  /** Names of arrays that are extended as they are. */
  appended: Set<string>;
}

function* openFields(bytes: Buffer, { fields, touched, appends }: Scope): Job<Opened | undefined> {
  const elements: RawElement[] = [];
  visitFields(bytes, fields, (element) => elements.push(element) > 0);
  if (new Set(elements.map(({ name }) => name)).size < elements.length) return undefined;
  const opened: Opened = { elements: elements.filter(({ name }) => touched.has(name)), document: new Map(), appended: new Set() };
  for (const { name, type, value } of elements) {
    if (type === BSON.array && appends.has(name)) opened.appended.add(name);
    else opened.document.set(name, isLong(bytes) ? yield* decodeValueInSteps(bytes, type, value) : decodeValue(bytes, type, value));
  }
  return opened;
}

interface Spliced {
  bytes: Buffer;
  /** Arrays of at least one item that only grew, with the items behind it. */
  extended: ReadonlyMap<string, readonly Value[]>;
}

const EMPTY_ARRAY_LENGTH = 5;

/**
 * Applies an update of known scope to an encoded document: what it does not touch is copied as it is. Undefined for
 * a document that holds one of the fields twice, which only decoding makes sense of.
 */
export function* spliceUpdate(bytes: Buffer, update: Update, scope: Scope): Job<Spliced | undefined> {
  const opened = yield* openFields(bytes, scope);
  if (!opened) return undefined;
  const { elements, document, appended } = opened;
  yield* update.apply(document, { position: undefined, inserting: false, appended });
  const out = new Splicer(bytes);
  const grown = new Map<string, readonly Value[]>();
  let kept = 4;
  for (const element of elements) {
    const { name, start, end } = element;
    out.keep(kept, start);
    const value = document.get(name);
    const items = appended.has(name) ? (scope.appends.get(name) ?? []) : undefined;
    if (items) out.add(yield* extended(bytes, element, items));
    else if (value !== undefined) out.add(yield* encodeElementInSteps(name, value));
    if (items && items.length > 0 && bytes.readInt32LE(element.value) > EMPTY_ARRAY_LENGTH) grown.set(name, items);
    document.delete(name);
    kept = end;
  }
  out.keep(kept, bytes.length - 1);
  for (const [name, value] of document) if (scope.touched.has(name)) out.add(yield* encodeElementInSteps(name, value));
  return { bytes: out.finish(), extended: grown };
}
