/** Letters that are written from the right: Hebrew, Arabic, Thaana, N'Ko, Adlam and older scripts. */
const FROM_RIGHT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** Marks that turn the direction of what stands behind them. */
const MARKS = /[\u202A-\u202E\u2066-\u2069]/gu;

/** First strong isolate and its end: what is between them is ordered by itself. */
const BEGIN = '\u2068';
const END = '\u2069';

export const isFromRight = (text: string): boolean => FROM_RIGHT.test(text);

/**
 * A value for the midst of another text, of whose order it changes nothing: `Ciao محمد, il ticket 12` keeps the 12 at its
 * end. Each line that has letters written from the right is put between invisible marks; other text stays as it is.
 */
export const isolate = (text: string): string =>
  text
    .replace(MARKS, '')
    .split('\n')
    .map((line) => (isFromRight(line) ? `${BEGIN}${line}${END}` : line))
    .join('\n');

/** A stretch of a text, and whether it was isolated. */
export interface Stretch {
  readonly text: string;
  readonly isIsolated: boolean;
}

/** A line in stretches, without the marks: for HTML, which has an element for it. */
export const stretchesOf = (line: string): readonly Stretch[] =>
  line
    .split(/(\u2068[^\u2069]*\u2069?)/u)
    .filter((text) => text !== '')
    .map((text) => ({ text: text.replace(MARKS, ''), isIsolated: text.startsWith(BEGIN) }));
