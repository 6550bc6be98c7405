import { randomBytes } from 'node:crypto';
import { ObjectId } from './values.js';

const processBytes = randomBytes(5);
// eslint-disable-next-line no-restricted-syntax -- an ObjectId's counter is the process's, by its definition
let counter = randomBytes(3).readUIntBE(0, 3);

/** A fresh ObjectId: seconds, five random bytes of this process, a counter. */
export function newObjectId(): ObjectId {
  const bytes = Buffer.allocUnsafe(12);
  bytes.writeUInt32BE(Math.floor(Date.now() / 1000), 0);
  processBytes.copy(bytes, 4);
  counter = (counter + 1) & 0xffffff;
  bytes.writeUIntBE(counter, 9, 3);
  return new ObjectId(bytes);
}
