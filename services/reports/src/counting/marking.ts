import { randomBytes } from 'node:crypto';
import type { IndexDescription } from 'mongodb';
import type { Connection } from 'mongoose';
import { collectionOf } from '@riparo/shared/persistence/collection';
import { ensureIndexes } from '@riparo/shared/persistence/indexes';
import { createReplica, type Replica, type ReplicaOptions } from '@riparo/shared/persistence/replica';

/** Marks of a tenant begin alike, so that one index finds them by tenant, and the tenants that have any. */
const beginningOf = (tenantId: string): string => `${encodeURIComponent(tenantId)}/`;

/** Another one for every write: whoever counts takes away the mark that was there when it read. */
export const newMark = (tenantId: string): string => beginningOf(tenantId) + randomBytes(9).toString('base64url');

/** Finds what of a tenant is not counted as it is now. `0` comes after `/`. */
export const notCounted = (tenantId: string): { readonly uncounted: { readonly $gte: string; readonly $lt: string } } => {
  const beginning = beginningOf(tenantId);
  return { uncounted: { $gte: beginning, $lt: `${beginning.slice(0, -1)}0` } };
};

/** The same of all tenants; for jobs. */
export const NOT_COUNTED = { uncounted: { $gt: '' } };

/** For every collection of a subject. */
export const UNCOUNTED_INDEX: IndexDescription = { key: { uncounted: 1 }, partialFilterExpression: { uncounted: { $exists: true } } };

/** A replica whose copies are marked as not counted in the write that keeps them. */
export const createMarkedReplica = <T extends object>(options: ReplicaOptions): Replica<T> => {
  const replica = createReplica<T>(options);
  const { connection, collection }: { readonly connection: Connection; readonly collection: string } = options;
  return {
    in: (tenantId) => {
      const copies = replica.in(tenantId);
      const marked = (value: T): T => ({ ...value, uncounted: newMark(tenantId) });
      return {
        ...copies,
        keep: (id, version, value) => copies.keep(id, version, marked(value)),
        restore: (id, version, value) => copies.restore(id, version, marked(value)),
      };
    },
    ensureIndexes: async () => {
      await replica.ensureIndexes();
      await ensureIndexes(collectionOf(connection, collection), [], [UNCOUNTED_INDEX]);
    },
  };
};
