/** What is taken out of texts of the knowledge base. `[name]`, `[phone]` … stand in its place. */
export const PERSONAL_KINDS = [
  'name',
  'mail',
  'phone',
  'address',
  'serial',
  'network',
  'licence',
  'tax',
  'bank',
  'plate',
  'link',
  'credential',
] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

/** A stretch of a text that tells of a person. */
export interface Span {
  readonly kind: PersonalKind;
  readonly start: number;
  /** Not included. */
  readonly end: number;
}

/** Finds stretches of one sort; `isHarmless` says whether a stretch lies in a date, a version, an error code … */
export type PersonalRule = (text: string, isHarmless: (start: number, end: number) => boolean) => readonly Span[];

/** A pattern between two characters that belong to no word. */
export const whole = (source: string, flags = 'giu'): RegExp => new RegExp(`(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])`, flags);

/** The stretches that a pattern matches; where it has the group `it`, which ends the match, only that group. */
export const spansOf = (
  kind: PersonalKind,
  pattern: RegExp,
  text: string,
  isMeant: (it: string, match: RegExpMatchArray) => boolean = () => true,
): readonly Span[] =>
  [...text.matchAll(pattern)].flatMap((match) => {
    const it = match.groups?.it ?? match[0];
    const end = match.index + match[0].length;
    return isMeant(it, match) ? [{ kind, start: end - it.length, end }] : [];
  });

export const digitsOf = (text: string): string => text.replace(/\D/g, '');
