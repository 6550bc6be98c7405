import { LRUCache } from 'lru-cache';
import { atMost } from '@riparo/shared/runtime/at-most';
import { fold } from '@riparo/shared/text/fold';
import snowball from 'snowball-stemmers';

/** Words that stand in every second case, English and Italian. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  (
    'the and for with was were has have had not but are its this that from then when does did after before into onto our your their there they them than ' +
    'is in on of to it be an at by or as if no so up we ' +
    'il lo la le gli un una uno di da del dei dal nel nei sul al ai alla alle allo della delle dello dalla nella sulla con per che non si ci ne ma se e ed o od era sono stato stata dopo prima'
  ).split(' '),
);

/** What parts words that were typed without a blank between them. */
const GAPS = /[\s,;|]+/u;
const PARTS = /[\p{L}\p{N}\p{M}]+/gu;
const HAS_DIGIT = /\d/;
const SHORTEST = 2;
const LONGEST = 40;

const isTelling = (word: string): boolean => word.length >= SHORTEST && word.length <= LONGEST && !EMPTY_WORDS.has(word);
const piecesOf = (text: string): readonly (readonly string[])[] =>
  fold(text)
    .split(GAPS)
    .map((piece) => piece.match(PARTS) ?? []);

/** Words of a stored text: each by itself and joined, so that `wi-fi` is found as `wifi` and as `fi`. */
export const storedWords = (text: string): string[] =>
  piecesOf(text)
    .flatMap((parts) => (parts.length > 1 ? [...parts, parts.join('')] : parts))
    .filter(isTelling);

/** Words of a search: each piece as one, `PF-3X9K21` as `pf3x9k21`. */
export const askedWords = (text: string): string[] =>
  piecesOf(text)
    .map((parts) => parts.join(''))
    .filter(isTelling);

/** More stems are not remembered; a language has fewer in use. */
const REMEMBERED = 50_000;

/** The English stemmer takes `ate` off what `overheating` leaves, and not off `overheats`. */
const HEATING = /(?<=eat)(?:ing|ed)$/;

export type Stem = (word: string) => string;

/**
 * The stem of a word in English and of that in Italian: nobody says in which of the two a case is written, and words of the
 * one are rarely inflected as words of the other. `batteries`, `batteria` and `batterie` are `batter`. Numbers and models stay
 * what they are.
 */
export const createStem = (): Stem => {
  const [english, italian] = [snowball.newStemmer('english'), snowball.newStemmer('italian')];
  // A stem takes 16 µs to find; a case has a hundred words, and nearly all of them were seen before.
  const known = new LRUCache<string, string>(atMost(REMEMBERED));
  return (word) => {
    if (HAS_DIGIT.test(word)) return word;
    const before = known.get(word);
    if (before !== undefined) return before;
    const stem = italian.stem(english.stem(word.replace(HEATING, '')));
    known.set(word, stem);
    return stem;
  };
};
