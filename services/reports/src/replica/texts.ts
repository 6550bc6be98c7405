import { cut } from '@riparo/shared/text/cut';
import { fold } from '@riparo/shared/text/fold';

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

const SIGNS = /[^\p{L}\p{N}\p{M}]+/gu;

const folded = (text: string): string => fold(text).replace(SIGNS, ' ').trim();

/** The same for texts that differ in case, accents, blanks or punctuation only. A text of nothing else is itself. */
export const keyOf = (text: string): string => {
  const compared = cut(text, LONGEST);
  return cut(folded(compared) || compared.trim(), LONGEST);
};

/** Each word that may say what texts are about, once. */
export const termsOf = (...texts: readonly string[]): readonly string[] =>
  [...new Set(texts.flatMap((text) => folded(text).split(' ')))]
    .filter((word) => word.length >= SHORTEST_WORD && !EMPTY_WORDS.has(word))
    .slice(0, MAX_WORDS);
