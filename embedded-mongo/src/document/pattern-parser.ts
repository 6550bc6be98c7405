import { type Both, characterEscape, invalidPattern, literal, refusedPattern, same, setEscape } from './pattern-characters.js';
import { type Cost, either, followed, repeatedCost, SINGLE } from './pattern-growth.js';
import { parseSet } from './pattern-set.js';

type Part = Both & Cost;

const MAX_DEPTH = 200;
const LOOKAROUND = /^\(\?<?[=!]/;
const NAMED = /^\(\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/;
const SWITCH = /^\(\?([imsx]*)(?:-([imsx]+))?([:)])/;
const COUNT = /^\{(\d+)(,?)(\d*)\}/;
/** White space and comments of the flag x, and comments that need no flag. */
const IGNORED = /^(?:\s|#[^\n]*|\(\?#[^)]*\))+/;
const COMMENTS = /^(?:\(\?#[^)]*\))+/;

/** Places between characters. */
const PLACES: Readonly<Record<string, Both>> = {
  b: same('\\b'),
  B: same('\\B'),
  A: { js: '(?<![^])', re2: '\\A' },
  z: { js: '(?![^])', re2: '\\z' },
};

interface Flags {
  i: boolean;
  m: boolean;
  s: boolean;
  x: boolean;
}

/** Takes a PCRE pattern apart; what only backtracking can match is refused. */
export class PatternParser {
  private readonly text: string;
  private at = 0;
  private depth = 0;
  private groups = 0;
  readonly lineBreaks = new Set<number>();
  onlyRe2 = false;

  constructor(
    text: string,
    private flags: Flags,
  ) {
    this.text = text.replace(/\\(?:Q([^]*?)(?:\\E|$)|[^])/g, (whole, quoted?: string) =>
      quoted === undefined ? whole : quoted.replace(/[^A-Za-z0-9_]/gu, '\\$&'),
    );
  }

  whole(): Part & { ignoreCase: boolean; isAnchored: boolean } {
    // Flags for the whole pattern, which JavaScript takes beside it.
    const [all = '', on = ''] = /^\(\?([imsx]+)\)/.exec(this.text) ?? [];
    this.set(on, true);
    this.at = all.length;
    const { i: ignoreCase, m } = this.flags;
    this.skipIgnored();
    const isAnchored = (this.isAt('^') && !m) || this.isAt('\\A');
    const { branches, ...part } = this.alternatives();
    if (this.at < this.text.length) throw invalidPattern('unmatched closing parenthesis');
    return { ...part, ignoreCase, isAnchored: isAnchored && branches === 1 };
  }

  private isAt(start: string): boolean {
    return this.text.startsWith(start, this.at);
  }

  private rest(): string {
    return this.text.slice(this.at);
  }

  private alternatives(): Part & { branches: number } {
    let all = { ...this.sequence(), branches: 1 };
    while (this.isAt('|')) {
      this.at++;
      const next = this.sequence();
      all = { js: `${all.js}|${next.js}`, re2: `${all.re2}|${next.re2}`, ...either(all, next), branches: all.branches + 1 };
    }
    return all;
  }

  private sequence(): Part {
    const parts: Part[] = [];
    for (;;) {
      this.skipIgnored();
      if (this.at >= this.text.length || this.isAt('|') || this.isAt(')')) break;
      parts.push(this.repeated(this.item()));
    }
    const cost = parts.reduceRight<Cost>(followed, SINGLE);
    return { js: parts.map(({ js }) => js).join(''), re2: parts.map(({ re2 }) => re2).join(''), ...cost };
  }

  private skipIgnored(): void {
    if (this.flags.x || this.isAt('(?#')) this.at += (this.flags.x ? IGNORED : COMMENTS).exec(this.rest())?.[0].length ?? 0;
  }

  private item(): Part {
    if (this.isAt('(')) return this.group();
    const char = String.fromCodePoint(this.text.codePointAt(this.at) ?? 0);
    if ('*+?'.includes(char) || (char === '{' && COUNT.test(this.rest())))
      throw invalidPattern('quantifier does not follow a repeatable item');
    const set = this.isAt('[') ? parseSet(this.rest()) : undefined;
    if (!set && this.isAt('\\')) return this.escape();
    this.at += set?.length ?? char.length;
    return { ...(set ?? this.symbol(char)), ...SINGLE };
  }

  private symbol(char: string): Both {
    const { m, s } = this.flags;
    if (char === '.') return s ? { js: '[^]', re2: '(?s:.)' } : same('[^\\n]');
    if (char === '^') return m ? { js: '(?<![^\\n])', re2: '(?m:^)' } : { js: '^', re2: '\\A' };
    if (char === '$') return m ? { js: '(?![^\\n])', re2: '(?m:$)' } : this.lastLine();
    return literal(char.codePointAt(0) ?? 0);
  }

  private lastLine(): Both {
    this.lineBreaks.add(++this.groups);
    return { js: '(?=\\n?$)', re2: '(\\n?)\\z' };
  }

  private group(): Part {
    const rest = this.rest();
    if (LOOKAROUND.test(rest)) throw refusedPattern('look-around');
    const [named, switches] = [NAMED.exec(rest), SWITCH.exec(rest)];
    if (rest.startsWith('(?') && !named && !switches) throw refusedPattern(`groups that begin with ${rest.slice(0, 3)}`);
    if (++this.depth > MAX_DEPTH) throw refusedPattern(`groups nested more than ${MAX_DEPTH} deep`);
    this.at += (named ?? switches)?.[0].length ?? 1;
    const outer = this.flags;
    const change = switches ? this.switchFlags(switches[1] ?? '', switches[2] ?? '') : '';
    // These flags hold to the end of the group that is open, also in the branches that follow.
    if (switches?.[3] === ')') return { js: '', re2: change === '' ? '' : `(?${change})`, ...SINGLE };
    if (!switches) this.groups++;
    const { js, re2, steps, ways } = this.alternatives();
    if (!this.isAt(')')) throw invalidPattern('missing closing parenthesis');
    this.at++;
    this.depth--;
    this.flags = outer;
    const name = named?.[1] ?? named?.[2];
    const open =
      name !== undefined ? { js: `(?<${name}>`, re2: `(?P<${name}>` } : switches ? { js: '(?:', re2: `(?${change}:` } : same('(');
    return { js: `${open.js}${js})`, re2: `${open.re2}${re2})`, steps, ways };
  }

  private set(flags: string, value: boolean): void {
    for (const flag of flags) this.flags = { ...this.flags, [flag]: value };
  }

  /** How the flag i changes; the others are written into what they concern. */
  private switchFlags(on: string, off: string): string {
    const before = this.flags.i;
    this.set(on, true);
    this.set(off, false);
    if (this.flags.i === before) return '';
    this.onlyRe2 = true;
    return before ? '-i' : 'i';
  }

  private escape(): Part {
    const rest = this.rest();
    const place = rest[1] === 'Z' ? this.lastLine() : PLACES[rest[1] ?? ''];
    const set = place ? undefined : setEscape(rest);
    const single = place || set ? undefined : characterEscape(rest);
    if (/^\\[1-9kg]/.test(rest)) throw refusedPattern('references to groups');
    if (!place && !set && !single) throw refusedPattern(`the escape ${rest.slice(0, 2)}`);
    this.at += (set ?? single)?.length ?? 2;
    return { ...(place ?? (set ? { js: `[${set.js}]`, re2: `[${set.re2}]` } : literal(single?.point ?? 0))), ...SINGLE };
  }

  private repeated(part: Part): Part {
    this.skipIgnored();
    const next = this.text[this.at] ?? '';
    const count = next === '{' ? COUNT.exec(this.rest()) : null;
    const sign = count?.[0] ?? ('*+?'.includes(next) ? next : '');
    if (sign === '') return part;
    this.at += sign.length;
    if (this.isAt('+')) throw refusedPattern('possessive quantifiers');
    const lazy = this.isAt('?') ? '?' : '';
    this.at += lazy.length;
    const [, low = '', comma, high = ''] = count ?? [];
    const min = count ? Number(low) : sign === '+' ? 1 : 0;
    const most = sign === '?' ? 1 : Infinity;
    const max = !count ? most : comma === '' ? min : high === '' ? Infinity : Number(high);
    if (max < min) throw invalidPattern('numbers out of order in {} quantifier');
    if (min > 1000 || (max > 1000 && max !== Infinity)) throw refusedPattern('more than 1000 repetitions');
    return { js: `(?:${part.js})${sign}${lazy}`, re2: `(?:${part.re2})${sign}${lazy}`, ...repeatedCost(part, min, max) };
  }
}
