import { randomBytes } from 'node:crypto';
import { BSON, type Doc, isDoc, ObjectId, Opaque, Regex, Timestamp, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';

const processBytes = randomBytes(5);
// eslint-disable-next-line no-restricted-syntax -- an ObjectId's counter is the process's, by its definition
let counter = randomBytes(3).readUIntBE(0, 3);

/** A fresh ObjectId: seconds, five random bytes of this process, a counter. */
function newObjectId(): ObjectId {
  const bytes = Buffer.allocUnsafe(12);
  bytes.writeUInt32BE(Math.floor(Date.now() / 1000), 0);
  processBytes.copy(bytes, 4);
  counter = (counter + 1) & 0xffffff;
  bytes.writeUIntBE(counter, 9, 3);
  return new ObjectId(bytes);
}

export function checkId(id: Value): void {
  if (Array.isArray(id)) throw new MongoError(53, "The '_id' value cannot be of type array");
  if (id instanceof Regex) throw new MongoError(53, "The '_id' value cannot be of type regex");
  if (id instanceof Opaque && id.type === BSON.undefined) throw new MongoError(53, "The '_id' value cannot be of type undefined");
  if (isDoc(id) && [...id.keys()].some((key) => key.startsWith('$')))
    throw new MongoError(52, `_id fields may not contain '$'-prefixed fields: ${[...id.keys()].join()}`);
}

export function isZeroTimestamp(value: Value): boolean {
  return value instanceof Timestamp && value.value === 0n;
}

/** The document as it is stored: with an _id, in first place, and empty top-level timestamps filled in unless they are to stay. */
export function storedForm(document: Doc, timestampsStay = false): Doc {
  // An _id may be null.
  const id = document.get('_id') === undefined ? newObjectId() : (document.get('_id') as Value);
  const result: Doc = new Map([['_id', id]]);
  for (const [name, value] of document) {
    if (name === '_id') continue;
    result.set(
      name,
      !timestampsStay && isZeroTimestamp(value) ? new Timestamp((BigInt(Math.floor(Date.now() / 1000)) << 32n) | 1n) : value,
    );
  }
  return result;
}
