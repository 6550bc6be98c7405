import { rangeOf, type Period } from '@riparo/shared/http/period';
import { CUT_MARK, searchConditions } from '@riparo/shared/text/search-words';

/** One condition of a list, or several joined ones. */
export type Filter = Readonly<Record<string, unknown>>;

/** The period as a condition on `createdAt`. */
export const periodOf = (period: Period): readonly Filter[] => {
  const createdAt = rangeOf(period);
  return createdAt === undefined ? [] : [{ createdAt }];
};

export const searchOf = ({ search }: { readonly search?: string }): readonly Filter[] =>
  search === undefined ? [] : searchConditions('words', search);

/** What was searched and has more words than are kept: an answer to a search says whether there is any. */
export const HAS_CUT_WORDS: Filter = { words: CUT_MARK };

/** Joins conditions with "and", so that no condition widens another one. */
export const all = (conditions: readonly Filter[]): Filter => (conditions.length > 1 ? { $and: conditions } : (conditions[0] ?? {}));
