import { RE2JS, RE2JSException } from 're2js';
import { Regex, type Value } from '../bson/values.js';
import { badValue } from '../errors.js';
import { stretch } from '../stretch.js';
import { parsePattern, type Pattern } from './pattern.js';
import { invalidPattern, refusedPattern } from './pattern-characters.js';

/** Where a pattern was found, in UTF-16 units. */
export interface PatternMatch {
  start: number;
  end: number;
  captures: (string | null)[];
}

export interface Matcher {
  test(text: string): boolean;
  find(text: string, from: number): PatternMatch | undefined;
}

/** As in MongoDB. */
const MAX_PATTERN = 32_764;
/** Longer ones take RE2 tens of milliseconds to compile; JavaScript's engine is faster at that. */
const MAX_RE2_PATTERN = 2_000;
const MAX_RE2_PROGRAM = 1_000;
/** Up to so many steps are left to JavaScript's own engine, which is faster but backtracks: some milliseconds. */
const MAX_BACKTRACKING = 2_000_000;
/** Steps of that engine for one of ours; going through a text once it skips most of it. */
const BACKTRACKS_PER_STEP = 40;
const LINEAR_STEPS_PER_STEP = 300;

function expressionOf(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    if (error instanceof SyntaxError) throw invalidPattern(error.message);
    throw error;
  }
}

function javaScriptMatcher(pattern: Pattern): Matcher {
  const { js, ignoreCase, isLinear } = pattern;
  const flags = ignoreCase ? 'iu' : 'u';
  const tester = expressionOf(js, flags);
  let finder: RegExp | undefined;
  const stepsPerStep = isLinear ? LINEAR_STEPS_PER_STEP : BACKTRACKS_PER_STEP;
  return {
    test: (text) => {
      stretch.spend(pattern.stepsOn(text.length) / stepsPerStep);
      return tester.test(text);
    },
    find: (text, from) => {
      const steps = pattern.stepsOn(text.length - from) / stepsPerStep;
      stretch.afford(steps);
      finder ??= expressionOf(js, `${flags}g`);
      finder.lastIndex = from;
      const found = finder.exec(text);
      const end = found ? found.index + found[0].length : text.length;
      stretch.spend((steps * (end - from)) / (text.length - from + 1));
      const captures = found?.slice(1).map((capture: string | undefined) => capture ?? null);
      return found ? { start: found.index, end, captures: captures ?? [] } : undefined;
    },
  };
}

function compileRe2({ re2, ignoreCase }: Pattern): RE2JS {
  if (re2.length > MAX_RE2_PATTERN) throw refusedPattern(`patterns of more than ${MAX_RE2_PATTERN} characters unless they are plain`);
  try {
    const compiled = RE2JS.compile(re2, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    if (compiled.programSize() <= MAX_RE2_PROGRAM) return compiled;
  } catch (error) {
    if (error instanceof RE2JSException) throw invalidPattern(error.message);
    throw error;
  }
  throw refusedPattern('so many repetitions of repetitions');
}

/** Takes a time that grows with the text's length only, if a longer one: its worst case is every instruction at every place. */
function linearMatcher(pattern: Pattern): Matcher {
  const compiled = compileRe2(pattern);
  const size = compiled.programSize();
  return {
    test: (text) => {
      stretch.spend(size * text.length);
      return compiled.test(text);
    },
    find: (text, from) => {
      stretch.afford(size * (text.length - from));
      const matcher = compiled.matcher(text);
      const isFound = matcher.find(from);
      stretch.spend(size * ((isFound ? matcher.end() : text.length) - from));
      if (!isFound) return undefined;
      const groups = Array.from({ length: matcher.groupCount() }, (_, i) => i + 1);
      const captures = groups.filter((i) => !pattern.lineBreaks.has(i)).map((i) => matcher.group(i));
      const hasBreak = [...pattern.lineBreaks].some((i) => matcher.group(i) === '\n');
      return { start: matcher.start(), end: matcher.end() - (hasBreak ? 1 : 0), captures };
    },
  };
}

/** Most patterns can be left to JavaScript's engine on most texts, since its steps are known to be few; the others cannot. */
function cautiousMatcher(pattern: Pattern): Matcher {
  if (pattern.onlyRe2 || pattern.stepsOn(0) === Infinity) return linearMatcher(pattern);
  const fast = javaScriptMatcher(pattern);
  if (pattern.isLinear) return fast;
  const sure = linearMatcher(pattern);
  const on = (length: number): Matcher => (pattern.stepsOn(length) > MAX_BACKTRACKING ? sure : fast);
  return { test: (text) => on(text.length).test(text), find: (text, from) => on(text.length - from).find(text, from) };
}

/** A PCRE pattern, for any text in a bounded time; what cannot be had in it is refused rather than matched differently. */
export function compileRegex({ pattern, flags }: Regex): Matcher {
  for (const flag of flags) if (!'imsxu'.includes(flag)) throw badValue(`invalid flag in regex options: ${flag}`);
  if (pattern.length > MAX_PATTERN) throw invalidPattern('it is too long');
  stretch.spend(pattern.length);
  return cautiousMatcher(parsePattern(pattern, flags));
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
