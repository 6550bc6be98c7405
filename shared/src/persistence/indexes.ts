import type { Collection, Document, IndexDescription } from 'mongodb';

/** An index as a repository declares it. The tenant is added before its fields. */
export interface IndexDeclaration {
  readonly fields: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
  /** Only documents that match are in the index; a unique index binds only these. */
  readonly partial?: Document;
  /**
   * The document is removed so many seconds after the value of the index's one date field. Such an index has no tenant
   * before its field.
   */
  readonly expireAfterSeconds?: number;
}

/** The index key in the collection: with the tenant, and with `_id` for `id`. */
export const keyOf = ({ fields, expireAfterSeconds }: IndexDeclaration): Record<string, 1 | -1> => {
  const named = Object.fromEntries(Object.entries(fields).map(([field, direction]) => [field === 'id' ? '_id' : field, direction]));
  return expireAfterSeconds === undefined ? { tenantId: 1, ...named } : named;
};

const describeIndex = (declaration: IndexDeclaration): IndexDescription => ({
  key: keyOf(declaration),
  ...(declaration.unique === true ? { unique: true } : {}),
  ...(declaration.partial === undefined ? {} : { partialFilterExpression: declaration.partial }),
  ...(declaration.expireAfterSeconds === undefined ? {} : { expireAfterSeconds: declaration.expireAfterSeconds }),
});

/** Creates the declared indexes and the persistence code's own ones (`own`); existing indexes stay as they are. */
export const ensureIndexes = async <T extends Document>(
  collection: Collection<T>,
  declarations: readonly IndexDeclaration[],
  own: readonly IndexDescription[] = [],
): Promise<void> => {
  const all = [...declarations.map(describeIndex), ...own];
  if (all.length > 0) await collection.createIndexes(all);
};
