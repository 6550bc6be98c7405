export interface Searchable {
  readonly words: readonly (string | undefined)[];
  readonly phones?: readonly (string | undefined)[];
}

const MAX_TERM = 64;
/** A query of more words would cost more than it narrows. */
const MAX_WORDS = 6;

const normalise = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** `o'neil@example.org` is found by itself and by each of its parts. */
const wordTerms = (text: string): readonly string[] =>
  normalise(text)
    .split(/\s+/)
    .flatMap((word) => [word, ...word.split(/[^\p{L}\p{N}]+/u)]);

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

const queryWords = (search: string): readonly string[] => {
  const text = normalise(search).trim();
  if (PHONE_LIKE.test(text)) return [text.replace(/\D/g, '').replace(/^00/, '')];
  return text
    .split(/\s+/)
    .slice(0, MAX_WORDS)
    .map((word) => word.replace(/^it(?=\d{11}$)/, '')); // VAT numbers are kept without the country
};

/** Everything between `word` and its last possible continuation. */
const beginsWith = (word: string): object => ({ searchTerms: { $elemMatch: { $gte: word, $lt: `${word}\u{10ffff}` } } });

/** A filter for what has a term beginning with each word of the search, whatever the case or accents. */
export const searchFilter = (search: string | undefined): object => {
  const words = queryWords(search ?? '')
    .map((word) => word.slice(0, MAX_TERM))
    .filter((word) => word !== '');
  return words.length === 0 ? {} : { $and: words.map(beginsWith) };
};
