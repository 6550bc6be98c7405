/** Printable ASCII is most of what is compared, and has nothing to fold but capitals. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Nobody sees them: soft hyphens, zero-width blanks, marks of direction, variation selectors; and the Arabic stretch. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u0640]/gu;

/**
 * Marks of scripts that are written without them too: accents, Arabic and Hebrew vowels. Marks of Thai or Hindi are vowels
 * that no word can lose, and the two of Japanese (U+3099, U+309A) make another letter.
 */
const ACCENT = /(?![\u3099\u309a])(?=\p{M})[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Syriac}]/u;
const ACCENTS = new RegExp(ACCENT, 'gu');

/** An accent on a blank, which NFKD makes of `´` and its like: people type it for an apostrophe. */
const SPACING_ACCENTS = new RegExp(`\\s(?=${ACCENT.source})`, 'gu');

/** Apostrophes, primes and accents that Unicode counts among the letters: in Hawaiian, Hebrew in Latin letters, and on wrong keys. */
const LETTERLIKE_SIGNS = /[\u02b9-\u02c1\u02c6-\u02d1\u02ec\u02ee\ua78b\ua78c]/gu;

/**
 * Letters that are no base with a mark, as people write them whose keyboard lacks them; after CLDR's transform Latin-ASCII.
 * `ß`, `ı` and other letters with a regular capital need no line: see `fold`. The Greek final sigma is there because
 * lower-casing makes it by itself at the end of a word.
 */
const LETTERS: ReadonlyMap<string, string> = new Map(
  ('æae œoe þth ðd đd ħh łl øo ŋn ŧt ĸq ȷj ςσ ' + 'ƀb ɓb ƈc ȼc ɖd ɗd ɇe ƒf ɠg ǥg ɨi ɉj ƙk ƚl ɲn ƞn ƥp ʠq ɍr ƭt ʈt ⱦt ʉu ʋv ɏy ƴy ƶz ȥz')
    .split(' ')
    .map(([letter = '', ...plain]) => [letter, plain.join('')]),
);
const UNDECOMPOSED = new RegExp(`[${[...LETTERS.keys()].join('')}]`, 'gu');

/** Full case folding: `ß` and `ẞ` are `ss`, `İ`, `ı` and `I` are `i`. Upper case is longest, and lower case of it is one for all. */
const withoutCase = (text: string): string => text.toLowerCase().toUpperCase().toLowerCase();

/**
 * A text in the form in which searches compare: compatibility forms, case, accents and invisible marks make no difference.
 * `Łukasz`, `ＬＵＫＡＳＺ` and `łu\u00adkasz` become `lukasz`, `Perché` becomes `perche`, `Straße` `strasse`. Signs stay what they
 * are; `search-words.ts` takes texts apart at them.
 */
export const fold = (text: string): string =>
  PLAIN.test(text)
    ? text.toLowerCase()
    : withoutCase(
        text.normalize('NFKD').replace(INVISIBLE, '').replace(SPACING_ACCENTS, "'").replace(ACCENTS, '').replace(LETTERLIKE_SIGNS, "'"),
      ).replace(UNDECOMPOSED, (letter) => LETTERS.get(letter) ?? letter);
