import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What text looks like. `code` has digits and letters of one width, for serial numbers. */
export type Face = 'regular' | 'bold' | 'code';

/** A file of a font and the characters that its package says are in it. */
export interface FontFile {
  readonly path: string;
  /** A variable font is drawn at this weight; other fonts have one file for each face. */
  readonly weight?: number;
  has(codePoint: number): boolean;
}

/** A font as a package brings it: in one file, or cut into many by how often characters are used. */
export interface Family {
  filesFor(face: Face): readonly FontFile[];
  /** The characters for which this font comes before all others. */
  readonly first?: RegExp;
}

type Range = readonly [from: number, to: number];

const locate = (path: string): string => fileURLToPath(import.meta.resolve(path));

/** `U+0900-097F,U+200D`. */
const rangesOf = (text: string): readonly Range[] =>
  text.split(',').map((range) => {
    const [from = '', to = from] = range.trim().slice(2).split('-');
    return [parseInt(from, 16), parseInt(to, 16)];
  });

const inRanges = (ranges: readonly Range[], codePoint: number): boolean =>
  ranges.some(([from, to]) => from <= codePoint && codePoint <= to);

/** Letters that a font for one script has beside that script's own; the font for Europe's alphabets has them all. */
const FOR_EUROPE = ['latin', 'latin-ext', 'vietnamese', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext'];

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

interface PackageOfFiles {
  /** `@fontsource-variable/noto-sans-thai`. */
  readonly name: string;
  /** How names of files end: `wght-normal`. */
  readonly ending: string;
  readonly first?: RegExp;
  readonly isVariable?: boolean;
}

/** Files are read when a text first needs them; a package's list of files too. */
const familyOf = ({ name, ending, first, isVariable = true }: PackageOfFiles): Family => {
  const base = name.slice(name.indexOf('/') + 1);
  const files = once(() => {
    const list = JSON.parse(readFileSync(locate(`${name}/unicode.json`), 'utf8')) as Readonly<Record<string, string>>;
    return Object.entries(list).flatMap(([key, text]) => {
      if (FOR_EUROPE.includes(key)) return [];
      const ranges = rangesOf(text);
      const path = locate(`${name}/files/${base}-${key.replace(/[[\]]/g, '')}-${ending}.woff2`);
      return [{ path, has: (codePoint: number) => inRanges(ranges, codePoint) }];
    });
  });
  const atWeight = (weight: number) => once(() => files().map((file) => (isVariable ? { ...file, weight } : file)));
  const [regular, bold] = [atWeight(400), atWeight(700)];
  return { filesFor: (face) => (face === 'bold' ? bold() : regular()), ...(first === undefined ? {} : { first }) };
};

const noto = (name: string, first?: RegExp): Family =>
  familyOf({ name: `@fontsource-variable/noto-${name}`, ending: 'wght-normal', ...(first === undefined ? {} : { first }) });

/** Latin, Greek, Cyrillic, Armenian, Georgian, many small alphabets, symbols. */
export const EUROPEAN: Family = {
  filesFor: once(() => {
    const file = (name: string): readonly FontFile[] => [{ path: locate(`dejavu-fonts-ttf/ttf/${name}.ttf`), has: () => true }];
    // The font of one width has fewer letters: what it lacks is taken from the regular one.
    const faces = { regular: file('DejaVuSans'), bold: file('DejaVuSans-Bold'), code: [...file('DejaVuSansMono'), ...file('DejaVuSans')] };
    return (face: Face) => faces[face];
  })(),
};

/** Has letters of Urdu, Sindhi and more that the font for Europe lacks, which else has Arabic too. */
export const ARABIC = noto('sans-arabic', /\p{Script=Arabic}/u);

export const SCRIPTS: readonly Family[] = [
  noto('sans-hebrew', /\p{Script=Hebrew}/u),
  noto('sans-devanagari', /\p{Script=Devanagari}/u),
  noto('sans-bengali', /\p{Script=Bengali}/u),
  noto('sans-gujarati', /\p{Script=Gujarati}/u),
  noto('sans-gurmukhi', /\p{Script=Gurmukhi}/u),
  noto('sans-tamil', /\p{Script=Tamil}/u),
  noto('sans-telugu', /\p{Script=Telugu}/u),
  noto('sans-kannada', /\p{Script=Kannada}/u),
  noto('sans-malayalam', /\p{Script=Malayalam}/u),
  noto('sans-oriya', /\p{Script=Oriya}/u),
  noto('sans-sinhala', /\p{Script=Sinhala}/u),
  noto('sans-thai', /\p{Script=Thai}/u),
  noto('sans-lao', /\p{Script=Lao}/u),
  noto('sans-khmer', /\p{Script=Khmer}/u),
  noto('sans-myanmar', /\p{Script=Myanmar}/u),
  noto('sans-ethiopic', /\p{Script=Ethiopic}/u),
  noto('sans-thaana', /\p{Script=Thaana}/u),
];

const CHINESE = noto('sans-sc');
const HONG_KONG = noto('sans-hk');
const JAPANESE = noto('sans-jp');
const KOREAN = noto('sans-kr');

/** Han characters are shared by four languages, and drawn a little differently in each. */
export const hanFamilies = (text: string): readonly Family[] => {
  if (/\p{Script=Hangul}/u.test(text)) return [KOREAN, CHINESE, HONG_KONG, JAPANESE];
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return [JAPANESE, CHINESE, HONG_KONG, KOREAN];
  return [CHINESE, HONG_KONG, JAPANESE, KOREAN];
};

export const EMOJI = noto('emoji');

export const SYMBOLS = familyOf({ name: '@fontsource/noto-sans-symbols-2', ending: '400-normal', isVariable: false });
