import { type Both, characterEscape, invalidPattern, literal, refusedPattern, same, setEscape } from './pattern-characters.js';

const POSIX = /^\[:(\^?)([a-z]+):\]/;
const POSIX_SETS: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t-\\r ',
  upper: 'A-Z',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
};

function posixSet(text: string): (Both & { length: number }) | undefined {
  const found = POSIX.exec(text);
  if (!found) return undefined;
  const [whole, not, name = ''] = found;
  const set = not === '^' ? undefined : POSIX_SETS[name];
  if (set === undefined) throw refusedPattern(`the class ${whole}`);
  return { ...same(set), length: whole.length };
}

function character(text: string): { point: number; length: number } {
  if (text.startsWith('\\b')) return { point: 8, length: 2 };
  const point = text.codePointAt(0);
  if (point === undefined) throw invalidPattern('missing terminating ] for character class');
  if (!text.startsWith('\\')) return { point, length: String.fromCodePoint(point).length };
  const escaped = characterEscape(text);
  if (!escaped) throw refusedPattern(`the escape ${text.slice(0, 2)} in a class`);
  return escaped;
}

function range(text: string): Both & { length: number } {
  const from = character(text);
  const rest = text.slice(from.length);
  const isRange = rest.startsWith('-') && !rest.startsWith('-]') && !setEscape(rest.slice(1));
  const to = isRange ? character(rest.slice(1)) : undefined;
  const [low, high] = [literal(from.point), literal(to?.point ?? from.point)];
  if (!to) return { ...low, length: from.length };
  if (to.point < from.point) throw invalidPattern('range out of order in character class');
  return { js: `${low.js}-${high.js}`, re2: `${low.re2}-${high.re2}`, length: from.length + 1 + to.length };
}

/** The class in brackets that the text begins with. */
export function parseSet(text: string): Both & { length: number } {
  const open = text.startsWith('[^') ? '[^' : '[';
  const result = { ...same(open), length: open.length };
  // A ] in first place is a member.
  while (result.length === open.length || text[result.length] !== ']') {
    const rest = text.slice(result.length);
    const next = posixSet(rest) ?? setEscape(rest) ?? range(rest);
    result.js += next.js;
    result.re2 += next.re2;
    result.length += next.length;
  }
  return { js: `${result.js}]`, re2: `${result.re2}]`, length: result.length + 1 };
}
