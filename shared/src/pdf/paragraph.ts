import bidiModule, { type Bidi, type EmbeddingLevels } from 'bidi-js';
import type { Cluster } from './choose-fonts.js';
import type { Font, Glyph } from './load-font.js';

/** The package is what its types call its default export. */
const createBidi = bidiModule as unknown as () => Bidi;
const bidi = createBidi();

/** A text without line ends, ready to be broken into lines. Positions are UTF-16 units of the text. */
export interface Paragraph {
  readonly text: string;
  readonly isRightToLeft: boolean;
  /** Where characters, as readers see them, begin. */
  readonly starts: readonly number[];
  readonly fonts: readonly Font[];
  readonly levels: EmbeddingLevels;
  /** How far the text reaches that ends before a position, as part of the font's size; one more than there are units. */
  readonly reach: readonly number[];
}

/** A stretch of one font and one direction. */
export interface Run {
  readonly text: string;
  readonly font: Font;
  readonly isRightToLeft: boolean;
  readonly glyphs: readonly Glyph[];
}

const isOdd = (level = 0): boolean => level % 2 === 1;

type Laid = Pick<Paragraph, 'text' | 'fonts' | 'levels'>;

/** The beginnings of the runs between two positions. */
const runStarts = ({ fonts, levels: { levels } }: Laid, from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, index) => from + index).filter(
    (at) => at === from || fonts[at] !== fonts[at - 1] || levels[at] !== levels[at - 1],
  );

const runsBetween = (laid: Laid, from: number, to: number): readonly (Run & { readonly from: number })[] => {
  const starts = runStarts(laid, from, to);
  return starts.flatMap((start, index) => {
    const text = laid.text.slice(start, starts[index + 1] ?? to);
    const font = laid.fonts[start];
    const isRightToLeft = isOdd(laid.levels.levels[start]);
    return font === undefined ? [] : [{ from: start, text, font, isRightToLeft, glyphs: font.shape(text, isRightToLeft) }];
  });
};

const reachOf = (laid: Laid): readonly number[] => {
  const advances = new Array<number>(laid.text.length).fill(0);
  for (const { from, glyphs } of runsBetween(laid, 0, laid.text.length))
    for (const { at, advance } of glyphs) advances[from + at] = (advances[from + at] ?? 0) + advance;
  let sum = 0;
  return [0, ...advances.map((advance) => (sum += advance))];
};

export const paragraphOf = (clusters: readonly Cluster[]): Paragraph => {
  const text = clusters.map((cluster) => cluster.text).join('');
  const fonts = clusters.flatMap(({ text: { length }, font }) => new Array<Font>(length).fill(font));
  const levels = bidi.getEmbeddingLevels(text, 'auto');
  let end = 0;
  const starts = clusters.map(({ text: { length } }) => (end += length) - length);
  const laid = { text, fonts, levels };
  return { ...laid, starts, isRightToLeft: isOdd(levels.paragraphs[0]?.level), reach: reachOf(laid) };
};

/** The positions of a line in the order in which they stand on it; the package's own function looks at the whole text. */
const orderOf = ({ text, levels }: Laid, from: number, to: number): readonly number[] => {
  const order = Array.from({ length: to - from }, (_, index) => from + index);
  for (const [start = from, end = start] of bidi.getReorderSegments(text, levels, from, to - 1)) {
    const turned = order.slice(start - from, end - from + 1).reverse();
    order.splice(start - from, turned.length, ...turned);
  }
  return order;
};

/** The runs of a line in the order in which they stand on it, from the left. */
export const runsOfLine = (paragraph: Paragraph, from: number, to: number): readonly Run[] => {
  if (from === to) return [];
  const runs = runsBetween(paragraph, from, to);
  const runAt = runs.flatMap((run) => new Array<Run>(run.text.length).fill(run));
  return [...new Set(orderOf(paragraph, from, to).flatMap((at) => runAt[at - from] ?? []))];
};
