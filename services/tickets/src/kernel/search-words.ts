import { chunksOf, partsOf } from '@riparo/shared/text/fold';

/** Characters around a word that are no part of it: `(broken)` is found as `broken`. */
const AROUND = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

const MAX_LENGTH = 40;
/** Limit of search words of a ticket. More words make every write more expensive, and few searches need them. */
const MAX_WORDS = 120;

const trimmedChunksOf = (text: string): readonly string[] =>
  chunksOf(text)
    .map((chunk) => chunk.replace(AROUND, ''))
    .filter((chunk) => chunk !== '');

/**
 * The words by which a text is found: the pieces between blanks and the parts of these, in lower case and without
 * accents. `Won't start TKT-2026-001` gives `won't`, `won`, `t`, `start`, `tkt-2026-001`, `tkt`, `2026` and `001`. A
 * search looks for words that begin with its terms; an index answers that at any size.
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

/** The terms of a search. Each of them must be the beginning of a word. */
export const termsOf = (search: string): readonly string[] => [
  ...new Set(trimmedChunksOf(search).map((chunk) => chunk.slice(0, MAX_LENGTH))),
];

/** Matches words that begin with the term. Special characters in the term stand for themselves. */
export const beginsWith = (term: string): RegExp => new RegExp(`^${term.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}`);

const NUMBER = /^(.+-\d{4})-(\d+)$/;
const BEGINNING_OF_NUMBER = /^tkt-\d{4}(?:-\d+)?$/;

/**
 * A ticket's number and its beginnings from the year on: `TKT-2026-001` gives `tkt-2026-001`, `tkt-2026`, `tkt-2026-0`
 * and `tkt-2026-00`. There are as many numbers as tickets, and a person who types one passes beginnings that thousands
 * of tickets share. As whole words these are found without a range.
 */
export const numberWords = (ticketNumber: string): readonly string[] => {
  const number = ticketNumber.toLowerCase();
  const [, series, digits = ''] = NUMBER.exec(number) ?? [];
  if (series === undefined) return [number];
  return [number, series, ...Array.from({ length: digits.length - 1 }, (_, index) => `${series}-${digits.slice(0, index + 1)}`)];
};

/** True for terms that are a stored word of every ticket whose number begins with them. */
export const isBeginningOfNumber = (term: string): boolean => BEGINNING_OF_NUMBER.test(term);
