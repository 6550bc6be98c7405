import { chunksOf, endOfPrefix, fold, partsOf } from '@riparo/shared/text/fold';

export interface Searchable {
  readonly words: readonly (string | undefined)[];
  readonly phones?: readonly (string | undefined)[];
}

const MAX_TERM = 64;
/** A query of more words would cost more than it narrows. */
const MAX_WORDS = 6;

/** `o'neil@example.org` is found by itself and by each of its parts. */
const wordTerms = (text: string): readonly string[] => chunksOf(text).flatMap((word) => [word, ...partsOf(word)]);

/** With and without the international prefix, which is one to three digits long. */
const phoneTerms = (phone: string): readonly string[] => {
  const digits = phone.replace(/\D/g, '');
  return /^\s*(\+|00)/.test(phone) ? [digits, ...[1, 2, 3, 4].map((length) => digits.slice(length))] : [digits];
};

/** The normalised terms an entity is found by: a search compares its words with their beginnings, by index. */
export const searchTerms = ({ words, phones = [] }: Searchable): readonly string[] => {
  const terms = [...words.flatMap((text) => wordTerms(text ?? '')), ...phones.flatMap((phone) => phoneTerms(phone ?? ''))];
  return [...new Set(terms.filter((term) => term !== '').map((term) => term.slice(0, MAX_TERM)))];
};

const PHONE_LIKE = /^[\d\s()+./-]{5,}$/;

/** Each word of a search, in the forms in which it may have been kept. */
const queryWords = (search: string): readonly (readonly string[])[] => {
  const text = fold(search).trim();
  if (PHONE_LIKE.test(text)) {
    const digits = text.replace(/\D/g, '');
    return [digits.startsWith('00') ? [digits, digits.slice(2)] : [digits]]; // 0039… or a VAT number
  }
  return text
    .split(/\s+/)
    .slice(0, MAX_WORDS)
    .map((word) => [word.replace(/^it(?=\d{11}$)/, '')]); // VAT numbers are kept without the country
};

/** Everything between `word` and its last possible continuation. */
const beginsWith = (word: string): object => ({ searchTerms: { $elemMatch: { $gte: word, $lt: endOfPrefix(word) } } });

const anyOf = (forms: readonly string[]): object => {
  const ranges = forms.map((form) => beginsWith(form.slice(0, MAX_TERM)));
  return ranges.length === 1 ? (ranges[0] ?? {}) : { $or: ranges };
};

/** A filter for what has a term beginning with each word of the search, whatever the case or accents. */
export const searchFilter = (search: string | undefined): object => {
  const words = queryWords(search ?? '').filter(([form]) => form !== '');
  return words.length === 0 ? {} : { $and: words.map(anyOf) };
};
