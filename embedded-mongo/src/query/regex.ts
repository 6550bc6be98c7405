import { Regex, type Value } from '../bson/values.js';
import { badValue, MongoError } from '../errors.js';

/** The x flag of PCRE: white space and comments outside of character classes do not count. */
function stripExtended(pattern: string): string {
  let result = '';
  let inClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] ?? '';
    if (char === '\\') {
      result += char + (pattern[++i] ?? '');
    } else if (inClass || !/[\s#]/.test(char)) {
      if (char === '[') inClass = true;
      if (char === ']') inClass = false;
      result += char;
    } else if (char === '#') {
      while (i < pattern.length && pattern[i] !== '\n') i++;
    }
  }
  return result;
}

function attempt(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A PCRE pattern as JavaScript's; what JavaScript cannot express is refused rather than matched differently. */
export function compileRegex(regex: Regex): RegExp {
  let { pattern, flags } = regex;
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  if (inline) {
    flags += inline[1] ?? '';
    pattern = pattern.slice(inline[0].length);
  }
  for (const flag of flags) if (!'imsxu'.includes(flag)) throw badValue(`invalid flag in regex options: ${flag}`);
  if (flags.includes('x')) pattern = stripExtended(pattern);
  const jsFlags = [...new Set(flags)].filter((flag) => 'ims'.includes(flag)).join('');
  // Escapes such as \- are legal in PCRE and refused by JavaScript's Unicode mode: those go without it.
  const compiled = attempt(pattern, `${jsFlags}u`) ?? attempt(pattern, jsFlags);
  if (!compiled) throw new MongoError(51091, `Regular expression is invalid: ${pattern}`);
  return compiled;
}

export function regexTest(regex: Regex): (value: Value | undefined) => boolean {
  const compiled = compileRegex(regex);
  return (value) =>
    typeof value === 'string'
      ? compiled.test(value)
      : value instanceof Regex && value.pattern === regex.pattern && value.flags === regex.flags;
}

/** Characters that stand for themselves in a pattern. */
const PLAIN = /^[\p{L}\p{N} _\-@:/,;!%&=~'"<>]$/u;
/** An escape of anything but a letter or a digit stands for the character itself. */
const ESCAPED = /^\\[^\p{L}\p{N}]$/u;
/** What may follow a character and makes it optional. */
const OPTIONAL = /^[*?{]/;

/** The literal text every match begins with, if the pattern says so, and whether it says nothing else; an index range can then be used. */
export function literalPrefix(regex: Regex): { readonly text: string; readonly whole: boolean } {
  const nothing = { text: '', whole: false };
  if (regex.flags.replace(/[su]/g, '') !== '' || !regex.pattern.startsWith('^')) return nothing;
  const parts: string[] = regex.pattern.slice(1).match(/\\[^]|[^]/gu) ?? [];
  // An alternative makes the prefix void.
  if (parts.includes('|')) return nothing;
  const end = parts.findIndex((part) => !PLAIN.test(part) && !ESCAPED.test(part));
  const literal = end < 0 ? parts : parts.slice(0, end);
  if (OPTIONAL.test(parts[literal.length] ?? '')) literal.pop();
  return { text: literal.map((part) => part.replace(/^\\/, '')).join(''), whole: end < 0 };
}
