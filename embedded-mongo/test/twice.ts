import type { Document } from 'mongodb';

/** A document in which a name may stand twice, as the `bson` package writes it: an object or a Map could not hold that. */
export class Twice<T> extends Map<string, T> {
  constructor(private readonly fields: readonly (readonly [string, T])[]) {
    super();
  }

  override entries(): MapIterator<[string, T]> {
    return this.fields.map(([name, value]): [string, T] => [name, value]).values();
  }

  /** The same document without what stands a second time, at any depth. */
  firstOnly(): Document {
    const only = (value: unknown): unknown => {
      if (value instanceof Twice) return value.firstOnly();
      return Array.isArray(value) ? value.map(only) : value;
    };
    const result: Document = {};
    for (const [name, value] of this.fields) if (!(name in result)) result[name] = only(value);
    return result;
  }
}
