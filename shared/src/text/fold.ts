/** Marks of accents: combining characters, which NFKD separates from their letters. */
const MARKS = /\p{M}/gu;
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u;
const BLANKS = /\s+/u;

/** A text in the form that search compares: lower case, without accents. `Perché` becomes `perche`. */
export const fold = (text: string): string => text.normalize('NFKD').replace(MARKS, '').toLowerCase();

/** The folded pieces between blanks: `Won't TKT-2026-001` has `won't` and `tkt-2026-001`. */
export const chunksOf = (text: string): readonly string[] =>
  fold(text)
    .split(BLANKS)
    .filter((chunk) => chunk !== '');

/** The runs of letters and digits in a folded text: `tkt-2026-001` has `tkt`, `2026` and `001`. */
export const partsOf = (folded: string): readonly string[] => folded.split(BETWEEN_WORDS).filter((part) => part !== '');

/** End of an index range: greater than every word that begins with the term, and not greater than any other word. */
export const endOfPrefix = (term: string): string => `${term}\u{10ffff}`;
