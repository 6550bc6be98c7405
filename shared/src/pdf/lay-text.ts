import { breakLines, type Line } from './break-lines.js';
import type { ChooseFonts } from './choose-fonts.js';
import type { Face } from './font-files.js';
import { paragraphOf, type Paragraph } from './paragraph.js';

export interface LaidLine {
  readonly paragraph: Paragraph;
  readonly line: Line;
  /** The only line of its paragraph. */
  readonly isAlone: boolean;
}

export type LayText = (text: string, face: Face, width: number, maxLines?: number) => Promise<readonly LaidLine[]>;

/**
 * Without marks that force a direction, since those could turn what stands around them, and without what has no shape:
 * control characters and halves of characters.
 */
const printable = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replace(/[\u202A-\u202E]/gu, '')
    .replace(/(?!\n)\p{Cc}/gu, ' ')
    .replace(/\p{Cs}/gu, '\uFFFD');

const MORE = '…';

/** Turns a text into lines of a width, which is counted in sizes of the font: 10 is 90 points at size 9. */
export const createLayText = (chooseFonts: ChooseFonts): LayText => {
  const paragraph = async (text: string, face: Face): Promise<Paragraph> => paragraphOf(await chooseFonts(text, face));

  /** The beginning of a line, as far as it fits with `…` behind it. */
  const shorten = async ({ paragraph: { text, starts }, line: [from] }: LaidLine, face: Face, width: number): Promise<LaidLine> => {
    const beginnings = starts.filter((start) => start > from).reverse();
    for (const end of [text.length, ...beginnings]) {
      const short = await paragraph(`${text.slice(from, end).trimEnd()}${MORE}`, face);
      const lines = breakLines(short, width);
      if (lines.length === 1) return { paragraph: short, line: [0, short.text.length], isAlone: true };
    }
    const short = await paragraph(MORE, face);
    return { paragraph: short, line: [0, short.text.length], isAlone: true };
  };

  return async (text, face, width, maxLines = Infinity) => {
    const paragraphs = await Promise.all(
      printable(text)
        .split('\n')
        .map((each) => paragraph(each, face)),
    );
    const lines = paragraphs.flatMap((each) =>
      breakLines(each, width).map((line, _, { length }): LaidLine => ({ paragraph: each, line, isAlone: length === 1 })),
    );
    const last = lines[maxLines - 1];
    if (lines.length <= maxLines || last === undefined) return lines;
    return [...lines.slice(0, maxLines - 1), await shorten(last, face, width)];
  };
};
