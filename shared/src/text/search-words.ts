import { fold } from './fold.js';

/**
 * The words of every search: what is stored of a text, and what is asked. Both come from here, so that a word finds itself
 * however it was typed.
 */

/** Counts the ways in which words were made. Whoever changes what this file or `fold.ts` makes of a text raises it: see persistence/derived-upkeep.ts. */
export const WORD_SCHEME = 2;

/** More of a word is neither stored nor compared; in characters. */
const LONGEST = 64;
const BEGINNING = new RegExp(`^.{1,${LONGEST}}`, 'su');

/** Where one piece of a text ends and another begins: blanks and line ends. */
const GAPS = /[\s\p{Z}\p{Cc}]+/u;
/** Runs of letters and digits. What stands between them are signs: apostrophes, dashes, dots, slashes … of all sorts. */
const PARTS = /[\p{L}\p{N}\p{M}]+/gu;

const UNSPACED = ['scx=Han', 'scx=Hira', 'scx=Kana', 'scx=Bopo', 'sc=Thai', 'sc=Lao', 'sc=Khmr', 'sc=Mymr', 'sc=Tibt'];
const unspaced = `[${UNSPACED.map((script) => `\\p{${script}}`).join('')}]`;
/** Runs of a script that is written without blanks, and runs of any other. */
const RUNS = new RegExp(`(?:${unspaced}\\p{M}*)+|(?:(?!${unspaced}).)+`, 'gsu');
const BEGINS_UNSPACED = new RegExp(`^${unspaced}`, 'u');
const HAS_UNSPACED = new RegExp(unspaced, 'u');
/** A letter with its marks. */
const LETTERS = /\P{M}\p{M}*|\p{M}+/gu;

const all = (text: string, pattern: RegExp): readonly string[] => text.match(pattern) ?? [];
const cutWord = (word: string): string => BEGINNING.exec(word)?.[0] ?? '';

/** The letters and digits of each piece, signs left out: `Won’t start (again)` has `[won, t]`, `[start]` and `[again]`. */
const piecesOf = (text: string): readonly (readonly string[])[] =>
  fold(text)
    .split(GAPS)
    .map((piece) => all(piece, PARTS))
    .filter((parts) => parts.length > 0);

const pairsOf = (letters: readonly string[]): readonly string[] => letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);

/** The words in letters without signs: in scripts without blanks every two neighbours, as nobody can say where a word ends. */
const wordsIn = (letters: string, isStored: boolean): readonly string[] =>
  all(letters, RUNS).flatMap((run) => {
    if (!BEGINS_UNSPACED.test(run)) return [cutWord(run)];
    const single = all(run, LETTERS);
    // A stored last letter is found alone; every other one begins a pair.
    return isStored || single.length === 1 ? [...pairsOf(single), ...single.slice(-1)] : pairsOf(single);
  });

/** The parts joined, from each one on: of `pf`, `3x9k21`, `b` these are `pf3x9k21b`, `3x9k21b` and `b`. */
const joinedFromEach = (parts: readonly string[]): readonly string[] =>
  parts.map((_, index) => cutWord(parts.slice(index, index + LONGEST).join('')));

/**
 * The words by which texts are found, each once. A piece is found as a whole without its signs, and from each of its parts
 * on: `O’Neil PF-3X9K21` gives `oneil`, `neil`, `o`, `pf3x9k21`, `3x9k21` and `pf`. `打印机` gives `打印`, `印机` and `机`.
 */
export const searchWords = (...texts: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(
    texts.flatMap((text) =>
      piecesOf(text ?? '').flatMap((parts) => {
        const whole = parts.join('');
        const joined = HAS_UNSPACED.test(whole) ? wordsIn(whole, true) : joinedFromEach(parts);
        return [...joined, ...parts.flatMap((part) => wordsIn(part, true))];
      }),
    ),
  ),
];

/** So many words are stored of one entity. Every word is an entry of an index: rewriting 500 takes a quarter of a second, 1,000 a whole one. */
const MOST_WORDS = 500;

/** Stored after the words when some were left out. Words are letters and digits, so no search finds it. */
export const CUT_MARK = '…';

/** The first words, as many as are stored of one entity, and `CUT_MARK` when there are more: 500 are those of some 5,000 characters. */
export const boundedWords = (words: readonly string[]): readonly string[] =>
  words.length > MOST_WORDS ? [...words.slice(0, MOST_WORDS), CUT_MARK] : words;

/** The terms of a search, each once: the pieces that were typed, without their signs. Each must begin a stored word. */
export const searchTerms = (search: string): readonly string[] => [
  ...new Set(piecesOf(search).flatMap((parts) => wordsIn(parts.join(''), false))),
];

/** Matches stored words that begin with a term. Terms are letters, digits and marks, so no pattern can hide in them. */
export const beginsWith = (term: string): RegExp => new RegExp(`^${term}`);

/** The conditions of a search on a field of stored words. Signs alone are no term, and find nothing. */
export const searchConditions = (field: string, search: string): readonly Readonly<Record<string, RegExp | string>>[] => {
  const terms = searchTerms(search);
  return terms.length === 0 ? [{ [field]: '' }] : terms.map((term) => ({ [field]: beginsWith(term) }));
};

/** End of an index range: greater than every word that begins with the term, and not greater than any other word. */
export const endOfPrefix = (term: string): string => `${term}\u{10ffff}`;
