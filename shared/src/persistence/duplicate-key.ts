import { DuplicateKeyError } from './repository.js';

interface KeyedError {
  readonly code: number;
  readonly keyPattern?: Record<string, unknown>;
}

const isKeyed = (error: unknown): error is KeyedError =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 11000;

/** The unique index's fields (without the tenant) when a write was refused by one, else `undefined`. */
export const duplicateFields = (error: unknown): readonly string[] | undefined =>
  isKeyed(error) ? Object.keys(error.keyPattern ?? {}).filter((field) => field !== 'tenantId') : undefined;

/** Turns MongoDB's error 11000 into `DuplicateKeyError` and lets everything else through. */
export const translateDuplicate = (collection: string, error: unknown): unknown => {
  const fields = duplicateFields(error);
  return fields === undefined ? error : new DuplicateKeyError(collection, fields, { cause: error });
};
