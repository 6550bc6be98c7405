import { chunksOf, partsOf } from '@riparo/shared/text/fold';

/** What stands around a word: `(broken)` is found as `broken`. */
const AROUND = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

const MAX_LENGTH = 40;
/** More words than this add to every write and hardly to any search. */
const MAX_WORDS = 120;

const trimmedChunksOf = (text: string): readonly string[] =>
  chunksOf(text)
    .map((chunk) => chunk.replace(AROUND, ''))
    .filter((chunk) => chunk !== '');

/**
 * The words a text is found by: what stands between blanks (`tkt-2026-001`, `won't`) and the parts of it, lower-cased and
 * without accents. A search looks for words that begin with its terms, which an index answers at any size.
 */
export const searchWords = (...texts: readonly (string | undefined)[]): readonly string[] => {
  const words = new Set<string>();
  for (const text of texts) {
    for (const chunk of trimmedChunksOf(text ?? '')) {
      for (const word of [chunk, ...partsOf(chunk)]) {
        if (words.size < MAX_WORDS) words.add(word.slice(0, MAX_LENGTH));
      }
    }
  }
  return [...words];
};

/** The terms of a search; every one of them has to begin some word of what is found. */
export const termsOf = (search: string): readonly string[] => [
  ...new Set(trimmedChunksOf(search).map((chunk) => chunk.slice(0, MAX_LENGTH))),
];

/** Matches words that begin with the term, which stands for itself whatever characters it holds. */
export const beginsWith = (term: string): RegExp => new RegExp(`^${term.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}`);

const NUMBER = /^(.+-\d{4})-(\d+)$/;
const BEGINNING_OF_NUMBER = /^tkt-\d{4}(?:-\d+)?$/;

/**
 * A ticket's number and its beginnings from the year on: there are as many numbers as tickets, and who types one passes
 * beginnings that thousands of them share.
 */
export const numberWords = (ticketNumber: string): readonly string[] => {
  const number = ticketNumber.toLowerCase();
  const [, series, digits = ''] = NUMBER.exec(number) ?? [];
  if (series === undefined) return [number];
  return [number, series, ...Array.from({ length: digits.length - 1 }, (_, index) => `${series}-${digits.slice(0, index + 1)}`)];
};

/** Terms that are words of every ticket whose number begins with them. */
export const isBeginningOfNumber = (term: string): boolean => BEGINNING_OF_NUMBER.test(term);
