import { cut } from '@riparo/shared/text/cut';
/** More of a text is neither compared nor shown. */
export const LONGEST = 200;
const MAX_WORDS = 20;
const SHORTEST_WORD = 4;

/** Words that say nothing about what is broken, English and Italian. */
const EMPTY_WORDS = new Set(
  (
    'about after also been before does doesn from have into just more only over some that their them then there they this very were when which while will with your ' +
    'alla alle allo anche ancora come con dalla della delle dello dopo dove essere fatto hanno molto nella nelle nello perche piu poi prima quando quello questo sempre senza solo sono sulla tutto una viene'
  ).split(' '),
);

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The same for texts that differ in case, accents, blanks or punctuation only. A text of nothing else is itself. */
export const keyOf = (text: string): string => cut(folded(text) || text.trim(), LONGEST);

/** Each word that may say what a text is about, once. */
export const termsOf = (text: string): readonly string[] =>
  [...new Set(folded(text).split(' '))].filter((word) => word.length >= SHORTEST_WORD && !EMPTY_WORDS.has(word)).slice(0, MAX_WORDS);
