import { MongoError } from '../errors.js';

/** A piece of a pattern as JavaScript (with its flag u) and as RE2 write it. */
export interface Both {
  js: string;
  re2: string;
}

export const same = (text: string): Both => ({ js: text, re2: text });

export function invalidPattern(why: string): MongoError {
  return new MongoError(51091, `Regular expression is invalid: ${why}`);
}

export function refusedPattern(what: string): MongoError {
  return invalidPattern(
    `embedded-mongo looks through texts in a time that grows with their length and no faster, which rules out ${what}; write it without, or as several conditions`,
  );
}

/** A character that stands for itself. */
export function literal(point: number): Both {
  const char = String.fromCodePoint(point);
  if (point > 0x7f ? point < 0xd800 || point > 0xdfff : /[A-Za-z0-9_]/.test(char)) return same(char);
  const hex = point.toString(16);
  return { js: `\\u{${hex}}`, re2: `\\x{${hex}}` };
}

/** What class escapes hold, to be put between brackets. MongoDB does not set PCRE's flag UCP: white space is that of ASCII. */
const SETS: Readonly<Record<string, Both>> = {
  d: same('\\d'),
  D: same('\\D'),
  w: same('\\w'),
  W: same('\\W'),
  s: same('\\t-\\r '),
  S: { js: '\\0-\\x08\\x0e-\\x1f!-\\u{10ffff}', re2: '\\x00-\\x08\\x0e-\\x1f!-\\x{10ffff}' },
  h: {
    js: '\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000',
    re2: '\\t \\x{a0}\\x{1680}\\x{180e}\\x{2000}-\\x{200a}\\x{202f}\\x{205f}\\x{3000}',
  },
  v: { js: '\\n-\\r\\x85\\u2028\\u2029', re2: '\\n-\\r\\x{85}\\x{2028}\\x{2029}' },
};

const PROPERTY = /^\\([pP])(?:\{(\^?)([A-Za-z_]+)\}|([CLMNPSZ]))/;

/** The set of characters that an escape at the beginning of the text stands for. */
export function setEscape(text: string): (Both & { length: number }) | undefined {
  if (!text.startsWith('\\')) return undefined;
  const set = SETS[text[1] ?? ''];
  if (set) return { ...set, length: 2 };
  const found = PROPERTY.exec(text);
  if (!found) return undefined;
  const [whole, letter, not, name = found[4] ?? ''] = found;
  const p = (letter === 'P') !== (not === '^') ? 'P' : 'p';
  const isCategory = /^[CLMNPSZ][a-z]?$/.test(name);
  return { js: `\\${p}{${isCategory ? '' : 'Script='}${name}}`, re2: `\\${p}{${name}}`, length: whole.length };
}

const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, a: 7, e: 27 };

/** The one character that an escape at the beginning of the text stands for. */
export function characterEscape(text: string): { point: number; length: number } | undefined {
  const char = text[1];
  if (char === undefined) throw invalidPattern('\\ at end of pattern');
  const control = CONTROLS[char];
  if (control !== undefined) return { point: control, length: 2 };
  const hex = /^\\x(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{0,2}))/.exec(text);
  const octal = /^\\(0[0-7]{0,2})/.exec(text);
  const point = hex ? parseInt(hex[1] ?? `0${hex[2] ?? ''}`, 16) : octal ? parseInt(octal[1] ?? '', 8) : undefined;
  if (point !== undefined) return point > 0x10ffff ? undefined : { point, length: (hex ?? octal)?.[0].length ?? 0 };
  const letter = /^\\c([@-_a-z])/.exec(text)?.[1];
  if (letter !== undefined) return { point: letter.toUpperCase().charCodeAt(0) ^ 0x40, length: 3 };
  if (/[A-Za-z0-9]/.test(char)) return undefined;
  const symbol = text.codePointAt(1) ?? 0;
  return { point: symbol, length: 1 + String.fromCodePoint(symbol).length };
}
