import type { Face } from './font-files.js';
import type { Font } from './load-font.js';

/** The fonts that every reader of PDFs has, so that they need not be in the file. */
const NAMES: Readonly<Record<Face, string>> = { regular: 'Helvetica', bold: 'Helvetica-Bold', code: 'Courier' };

/** All that these fonts have: Windows-1252, the letters of Western Europe. */
const IN_READER_FONTS = /^[\u0020-\u007E\u00A0-\u00FF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/;

export const readerFontsHave = (text: string): boolean => IN_READER_FONTS.test(text);

const SIZE = 1000;

/** Measured letter by letter: pdfkit knows how wide each of them is. */
export const readerFont = (pdf: PDFKit.PDFDocument, face: Face): Font => {
  const name = NAMES[face];
  const widthOf = (character: string): number => pdf.font(name).fontSize(SIZE).widthOfString(character) / SIZE;
  const { ascender, descender, lineGap } = (pdf.font(name) as unknown as { _font: Record<'ascender' | 'descender' | 'lineGap', number> })
    ._font;
  return {
    id: name,
    ascent: ascender / SIZE,
    descent: -descender / SIZE,
    gap: lineGap / SIZE,
    reachOf: () => ({ above: 0, below: 0 }),
    has: (codePoint) => readerFontsHave(String.fromCodePoint(codePoint)),
    shape: (text) => Array.from(text, (character, at) => ({ id: at, at, advance: widthOf(character), x: 0, y: 0 })),
  };
};
