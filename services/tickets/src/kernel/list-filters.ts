import { beginsWith, termsOf } from './search-words.js';

/** One condition of a list, or several joined ones. */
export type Filter = Readonly<Record<string, unknown>>;

export interface Period {
  readonly from?: Date;
  readonly to?: Date;
}

/** `from` is inclusive, `to` is exclusive. */
export const periodOf = ({ from, to }: Period): readonly Filter[] => [
  ...(from === undefined ? [] : [{ createdAt: { $gte: from } }]),
  ...(to === undefined ? [] : [{ createdAt: { $lt: to } }]),
];

/** A search whose terms can begin no word finds nothing: `???` has no term, and no ticket has the id ''. */
export const searchOf = ({ search }: { readonly search?: string }): readonly Filter[] => {
  if (search === undefined) return [];
  const terms = termsOf(search);
  return terms.length === 0 ? [{ id: '' }] : terms.map((term) => ({ words: beginsWith(term) }));
};

/** Joins conditions with "and", so that no condition widens another one. */
export const all = (conditions: readonly Filter[]): Filter => (conditions.length > 1 ? { $and: conditions } : (conditions[0] ?? {}));
