import type { Document } from 'mongodb';
import type { Connection } from 'mongoose';

/** What the places, plans and customers of history entries are called now, also those that are gone since. */
export type FindNames = (tenantId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

interface Named extends Document {
  readonly _id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly surname?: string;
}

const COLLECTIONS = ['locations', 'servicePlans', 'customers'] as const;

/** Past the repositories, which do not show what was removed; an id is a UUID, so one list serves all three. */
export const createFindNames =
  (connection: Connection): FindNames =>
  async (tenantId, ids) => {
    if (ids.length === 0) return new Map();
    const found = await Promise.all(
      COLLECTIONS.map((name) =>
        connection
          .collection<Named>(name)
          .find({ _id: { $in: [...new Set(ids)] }, tenantId }, { projection: { name: 1, surname: 1 } })
          .toArray(),
      ),
    );
    return new Map(found.flat().map(({ _id, name, surname }) => [_id, [name, surname].filter((part) => part !== undefined).join(' ')]));
  };
