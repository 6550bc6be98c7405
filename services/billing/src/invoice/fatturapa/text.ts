/** What typographic signs are written as in a file whose text ends with U+00FF. */
const SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '′': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '″': '"',
  '‹': "'",
  '›': "'",
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '•': '-',
  '‣': '-',
  '→': '->',
  '←': '<-',
  '≤': '<=',
  '≥': '>=',
  '≈': '~',
  '⁄': '/',
  œ: 'oe',
  Œ: 'OE',
  ı: 'i',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ħ: 'h',
  Ħ: 'H',
  ŧ: 't',
  Ŧ: 'T',
  ŋ: 'ng',
  Ŋ: 'NG',
  ĸ: 'q',
  ŉ: "'n",
  ẞ: 'SS',
  ʻ: "'",
  ʼ: "'",
};

/** The same for text that ends with U+007F: what is left of U+0080–U+00FF once the accents are off. */
const BASIC_SIGNS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  ø: 'o',
  Ø: 'O',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  '«': '"',
  '»': '"',
  '·': '-',
  '°': '',
};

const MARKS = /\p{M}/gu;
/** Signs that say nothing in words: pictures, and what joins and colours them. */
const PICTURES = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f/gu;
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
// eslint-disable-next-line no-control-regex -- control characters are what it is for
const BLANKS = /[\s\u0000-\u001f\u007f-\u00a0]+/gu;

const isLatin = (text: string): boolean => Array.from(text).every((character) => character <= 'ÿ');
const isBasic = (text: string): boolean => Array.from(text).every((character) => character <= '\u007f');

/** A letter that has no place keeps itself: a check names it. */
const toLatinCharacter = (character: string): string => {
  if (isLatin(character)) return character;
  const sign = SIGNS[character];
  if (sign !== undefined) return sign;
  const plain = Array.from(character.normalize('NFKD').replace(MARKS, ''), (each) => SIGNS[each] ?? each).join('');
  return isLatin(plain) ? plain : character;
};

const toBasicCharacter = (character: string): string => {
  if (isBasic(character)) return character;
  const plain = BASIC_SIGNS[character] ?? character.normalize('NFKD').replace(MARKS, '');
  return isBasic(plain) ? plain : character;
};

/** `™`, `®`, `©` are pictures for Unicode, and words for people. */
const KEPT_PICTURES = /[™®©]/u;

const clean = (text: string): string =>
  text
    .normalize('NFC')
    .replace(PICTURES, (picture) => (KEPT_PICTURES.test(picture) ? picture : (SIGNS[picture] ?? '')))
    .replace(INVISIBLE, '')
    .replace(BLANKS, ' ')
    .trim();

/**
 * Text in the characters up to U+00FF, `most` at most: `“€ 10” – Łódź…` becomes `"EUR 10" - Lódz...`. Pictures fall away, line
 * breaks become blanks. `undefined` when nothing is left: there are no empty elements.
 */
export const latin = (text: string | undefined, most: number): string | undefined => {
  const written = Array.from(clean(text ?? ''), toLatinCharacter).join('');
  return Array.from(written).slice(0, most).join('').trim() || undefined;
};

/** The same in the characters up to U+007F: `Nº 5/à` becomes `No 5/a`. */
export const basicLatin = (text: string | undefined, most: number): string | undefined => {
  const written = Array.from(latin(text, Number.MAX_SAFE_INTEGER) ?? '', toBasicCharacter).join('');
  return written.slice(0, most).trim() || undefined;
};

/** Long text in pieces of `most` characters at most, broken between words where it can be. */
export const latinPieces = (text: string, most: number): readonly string[] => {
  const pieces: string[] = [];
  let rest = latin(text, Number.MAX_SAFE_INTEGER) ?? '';
  while (rest.length > most) {
    const blank = rest.lastIndexOf(' ', most);
    const end = blank > 0 ? blank : most;
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest === '' ? pieces : [...pieces, rest];
};

/** The characters that have no place in the file, each once. */
export const strangersIn = (text: string): readonly string[] => [...new Set(Array.from(text).filter((character) => !isLatin(character)))];
