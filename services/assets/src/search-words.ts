import { fold, partsOf } from '@riparo/shared/text/fold';
import type { Filter } from './asset/coverage.js';

/** Words of a text: its runs of letters and digits, folded; what search compares. */
export const searchWords = (text: string): readonly string[] => [...new Set(partsOf(fold(text)))];

const MIN_PART = 3;

/** A serial number is found by any part of it, at least three characters long, since people read out its last digits. */
const endingsOf = (serialNumber: string): readonly string[] => {
  const plain = searchWords(serialNumber).join('');
  return Array.from({ length: Math.max(0, plain.length - MIN_PART + 1) }, (_, start) => plain.slice(start));
};

/** What is stored, under an index: a searched word finds what has a stored word that begins with it. */
export const searchWordsOf = (texts: readonly string[], serialNumber: string): readonly string[] => [
  ...new Set([...texts.flatMap(searchWords), ...searchWords(serialNumber), ...endingsOf(serialNumber)]),
];

/** Every word of the search must begin some stored word. Words hold letters and digits only, so no pattern can hide in them. */
export const searchConditions = (search: string): readonly Filter[] => {
  const words = searchWords(search);
  // Nothing but punctuation is in no device.
  return words.length === 0 ? [{ searchWords: '' }] : words.map((word) => ({ searchWords: { $regex: `^${word}` } }));
};
