import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

/** Source of new ids: UUID version 7 (RFC 9562), so that ids sort by creation. */
export interface IdSource {
  next(): string;
}

export const uuidSource: IdSource = { next: () => uuidv7() };

/**
 * Ids that come out the same for the same seed and moment: a request repeated with its Idempotency-Key after a crash
 * makes the very ids of its first run, so the unique `_id` stops a second resource.
 */
export const seededIds = (seed: string, at: Date): IdSource => {
  let count = 0;
  return {
    next: () => {
      const random = createHash('sha256').update(`${seed}#${count++}`).digest().subarray(0, 16);
      return uuidv7({ msecs: at.getTime(), random, seq: random.readUInt32BE(12) });
    },
  };
};
