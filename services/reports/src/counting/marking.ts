import { randomBytes } from 'node:crypto';
import type { Replica } from '@riparo/shared/persistence/replica';

/** Another one for every write: whoever counts takes away the mark that was there when it read. */
export const newMark = (): string => randomBytes(9).toString('base64url');

/** A replica whose copies are marked as not counted in the write that keeps them. */
export const marking = <T extends object>(replica: Replica<T>): Replica<T> => ({
  ...replica,
  in: (tenantId) => {
    const copies = replica.in(tenantId);
    const marked = (value: T): T => ({ ...value, uncounted: newMark() });
    return {
      ...copies,
      keep: (id, version, value) => copies.keep(id, version, marked(value)),
      restore: (id, version, value) => copies.restore(id, version, marked(value)),
    };
  },
});
