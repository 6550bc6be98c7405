import type { Both } from './pattern-characters.js';
import { stepsOn } from './pattern-growth.js';
import { PatternParser } from './pattern-parser.js';

/** A PCRE pattern, written anew for both engines. */
export interface Pattern extends Both {
  ignoreCase: boolean;
  /** JavaScript cannot express it. */
  onlyRe2: boolean;
  /** Groups of the RE2 form that hold the line break before which `$` matches, and that is no part of the match. */
  lineBreaks: ReadonlySet<number>;
  /** JavaScript's engine goes through a text once; otherwise its steps may grow faster than the text. */
  isLinear: boolean;
  /** The most steps that JavaScript's engine, which backtracks, takes on a text of that length. */
  stepsOn(length: number): number;
}

/** Most patterns say nothing but what a text contains or begins with; these need not be taken apart. */
const PLAIN = /^\^?[\p{L}\p{N} _@:,;!%&=~'"<>-]*$/u;

function plainPattern(text: string, flags: string): Pattern {
  const isAnchored = text.startsWith('^');
  const growth = { factor: text.length + 1, degree: isAnchored ? 0 : 1 };
  return {
    js: text,
    re2: text,
    ignoreCase: flags.includes('i'),
    onlyRe2: false,
    lineBreaks: new Set(),
    isLinear: true,
    stepsOn: (length) => stepsOn(growth, length),
  };
}

export function parsePattern(text: string, flags: string): Pattern {
  if (!/[mx]/.test(flags) && PLAIN.test(text)) return plainPattern(text, flags);
  const [i, m, s, x] = ['i', 'm', 's', 'x'].map((flag) => flags.includes(flag)) as [boolean, boolean, boolean, boolean];
  const parser = new PatternParser(text, { i, m, s, x });
  const { js, re2, steps, ignoreCase, isAnchored } = parser.whole();
  const growth = { ...steps, degree: steps.degree + (isAnchored ? 0 : 1) };
  const isLinear = growth.degree <= 1;
  const { onlyRe2, lineBreaks } = parser;
  return { js, re2, ignoreCase, onlyRe2, lineBreaks, isLinear, stepsOn: (length) => stepsOn(growth, length) };
}
