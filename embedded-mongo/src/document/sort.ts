import { invert, keyOf } from '../bson/key.js';
import { KeyWriter } from '../bson/key-writer.js';
import { BSON, type Doc, isDoc, isNumeric, Opaque, type Value } from '../bson/values.js';
import { toNumber } from '../bson/number.js';
import { badValue, failedToParse, MongoError, notSupported } from '../errors.js';
import { splitPath, valuesAt } from './path.js';

export interface SortField {
  path: string;
  parts: string[];
  descending: boolean;
}

export function parseSort(sort: Value | undefined): SortField[] | undefined {
  if (sort === undefined || sort === null) return undefined;
  if (!isDoc(sort)) throw failedToParse('the sort must be an object');
  if (sort.size === 0) return undefined;
  return [...sort].map(([path, direction]) => {
    if (isDoc(direction)) throw notSupported(`{$meta} in a sort (field ${path})`);
    const n = isNumeric(direction) ? toNumber(direction) : NaN;
    if (n !== 1 && n !== -1) throw new MongoError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    if (path === '') throw badValue('The sort key cannot be empty');
    if (path.endsWith('.')) throw new MongoError(40353, "FieldPath must not end with a '.'.");
    if (path.split('.').includes('')) throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
    return { path, parts: splitPath(path), descending: n === -1 };
  });
}

const emptyArray = new Opaque(BSON.undefined, Buffer.alloc(0));

function whole(document: Doc, parts: readonly string[]): Value | undefined {
  let value: Value | undefined = document;
  for (const part of parts) {
    if (!isDoc(value)) return Array.isArray(value) ? value : undefined;
    value = value.get(part);
  }
  return value;
}

/** The value that stands for a document in a sort: of an array its least element, or its greatest if descending. */
function sortValue(document: Doc, field: SortField): Buffer {
  const direct = whole(document, field.parts);
  if (!Array.isArray(direct)) return keyOf(direct);
  const values = valuesAt(document, field.parts);
  if (values.length === 0) return keyOf(direct.length === 0 && field.parts.length === 1 ? emptyArray : null);
  const keys = values.map(keyOf);
  return keys.reduce((best, key) => (key.compare(best) < 0 !== field.descending && !key.equals(best) ? key : best));
}

const writer = new KeyWriter();

/** Bytes that sort as the documents do. */
export function sortKey(document: Doc, fields: readonly SortField[]): Buffer {
  writer.pos = 0;
  for (const field of fields) {
    const start = writer.pos;
    writer.raw(sortValue(document, field));
    if (field.descending) invert(writer.buf, start, writer.pos);
  }
  return writer.finish();
}
