import { invalidInput } from '../errors/common-errors.js';

const ENTITY_TAG = /^(?:W\/)?"(\d{1,15})"$/;

/** The version in an `If-Match` header: `"3"` or `W/"3"` is 3. No header, or `*`, asks for no version. Anything else is 422. */
export const readIfMatch = (header: string | undefined): number | undefined => {
  if (header === undefined || header === '*') return undefined;
  const version = ENTITY_TAG.exec(header)?.[1];
  if (version === undefined) throw invalidInput([{ path: 'If-Match', message: 'must be one ETag such as "3"' }]);
  return Number(version);
};
