/** Removes fields that are undefined, as JSON does. */
export const compact = <T extends object>(value: T): T => {
  // A loop, for speed: a list calls this for every one of its 100 tickets.
  const rest: Partial<T> = {};
  for (const key of Object.keys(value) as (keyof T)[]) if (value[key] !== undefined) rest[key] = value[key];
  return rest as T;
};
