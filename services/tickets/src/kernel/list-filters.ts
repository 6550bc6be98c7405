import { rangeOf, type Period } from '@riparo/shared/http/period';
import { beginsWith, termsOf } from './search-words.js';

/** One condition of a list, or several joined ones. */
export type Filter = Readonly<Record<string, unknown>>;

/** The period as a condition on `createdAt`. */
export const periodOf = (period: Period): readonly Filter[] => {
  const createdAt = rangeOf(period);
  return createdAt === undefined ? [] : [{ createdAt }];
};

/** A search whose terms can begin no word finds nothing: `???` has no term, and no ticket has the id ''. */
export const searchOf = ({ search }: { readonly search?: string }): readonly Filter[] => {
  if (search === undefined) return [];
  const terms = termsOf(search);
  return terms.length === 0 ? [{ id: '' }] : terms.map((term) => ({ words: beginsWith(term) }));
};

/** Joins conditions with "and", so that no condition widens another one. */
export const all = (conditions: readonly Filter[]): Filter => (conditions.length > 1 ? { $and: conditions } : (conditions[0] ?? {}));
