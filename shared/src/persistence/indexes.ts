import type { Collection, Document, IndexDescription } from 'mongodb';

/** An index as a repository declares it: the tenant is put in front of its fields. */
export interface IndexDeclaration {
  readonly fields: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
  /** Only documents that match are in the index (and, if unique, bound by it). */
  readonly partial?: Document;
  /** Seconds after the (single, date) field's value until the document goes; such an index has no tenant in front. */
  readonly expireAfterSeconds?: number;
}

/** The key as the collection has it. */
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

/** Creates the declared indexes and the plumbing's own; does nothing where they exist already. */
export const ensureIndexes = async <T extends Document>(
  collection: Collection<T>,
  declarations: readonly IndexDeclaration[],
  own: readonly IndexDescription[] = [],
): Promise<void> => {
  const all = [...declarations.map(describeIndex), ...own];
  if (all.length > 0) await collection.createIndexes(all);
};
