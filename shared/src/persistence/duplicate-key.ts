import { DuplicateKeyError } from '../errors/duplicate-key-error.js';

interface KeyedError {
  readonly code: number;
  readonly keyPattern?: Record<string, unknown>;
  readonly message?: string;
}

const isKeyed = (error: unknown): error is KeyedError =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 11000;

/** The fields of an index by its name: `_id_`, MongoDB's own `tenantId_1_email_1`, or the index of number series. */
const fieldsOfIndex = (name: string): readonly string[] => {
  if (name === '_id_') return ['_id'];
  if (name === 'number_series') return ['numberSeries', 'numberSeq'];
  return name.split(/_-?1(?:_|$)/).filter((field) => field !== '');
};

/** The driver's error of a bulk write lacks `keyPattern`, but the server's text names the index. */
const fieldsOf = ({ keyPattern, message = '' }: KeyedError): readonly string[] =>
  keyPattern === undefined ? fieldsOfIndex(/ index: (\S+) dup key/.exec(message)?.[1] ?? '') : Object.keys(keyPattern);

/** The fields (without the tenant) of the unique index that refused a write; `undefined` for any other error. */
export const duplicateFields = (error: unknown): readonly string[] | undefined =>
  isKeyed(error) ? fieldsOf(error).filter((field) => field !== 'tenantId') : undefined;

/** Turns MongoDB's error 11000 into `DuplicateKeyError` and returns every other error unchanged. */
export const translateDuplicate = (collection: string, error: unknown): unknown => {
  const fields = duplicateFields(error);
  return fields === undefined ? error : new DuplicateKeyError(collection, fields, { cause: error });
};
