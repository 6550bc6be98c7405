/** Thrown when a unique index refuses a write. */
export class DuplicateKeyError extends Error {
  override readonly name = 'DuplicateKeyError';
  constructor(
    readonly collection: string,
    /** The fields of the index without the tenant, e.g. `['email']`. */
    readonly fields: readonly string[],
    options?: ErrorOptions,
  ) {
    super(`duplicate ${fields.join('+')} in ${collection}`, options);
  }
}
