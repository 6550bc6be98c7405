import { beginsWith, termsOf } from './search-words.js';

/** One condition of a list, or all of them. */
export type Filter = Readonly<Record<string, unknown>>;

export interface Period {
  readonly from?: Date;
  readonly to?: Date;
}

/** `from` inclusive, `to` exclusive. */
export const periodOf = ({ from, to }: Period): readonly Filter[] => [
  ...(from === undefined ? [] : [{ createdAt: { $gte: from } }]),
  ...(to === undefined ? [] : [{ createdAt: { $lt: to } }]),
];

/** Terms that no word can begin with find nothing, as they should. */
export const searchOf = ({ search }: { readonly search?: string }): readonly Filter[] => {
  if (search === undefined) return [];
  const terms = termsOf(search);
  return terms.length === 0 ? [{ id: '' }] : terms.map((term) => ({ words: beginsWith(term) }));
};

/** All of them at once, so that no condition widens another one. */
export const all = (conditions: readonly Filter[]): Filter => (conditions.length > 1 ? { $and: conditions } : (conditions[0] ?? {}));
