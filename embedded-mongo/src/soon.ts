/** Now or later: most reads are done at once, and a promise for each of them would cost more than some do. */
export type Soon<T> = T | Promise<T>;

export function andThen<T, R>(value: Soon<T>, next: (value: T) => Soon<R>): Soon<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
