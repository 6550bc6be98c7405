import PDFDocument from 'pdfkit';
import qrcode from 'qrcode';
import { chooseOne, createChooseFonts } from './choose-fonts.js';
import { createDrawRun } from './draw-run.js';
import { EUROPEAN, type Face } from './font-files.js';
import { createLayText, type LaidLine } from './lay-text.js';
import type { Font, LoadFont } from './load-font.js';
import { runsOfLine, type Run } from './paragraph.js';
import { readerFont, readerFontsHave } from './reader-fonts.js';

/** Where a text goes and how it looks. Lengths are points of 1/72 inch. */
export interface Box {
  readonly x: number;
  /** The top of the first line; default: below what was written last. */
  readonly y?: number;
  readonly width: number;
  readonly size: number;
  readonly face?: Face;
  readonly align?: 'left' | 'center' | 'right';
  /** More lines than these are left out, which `…` shows. Default: as many as it takes, on as many pages. */
  readonly maxLines?: number;
}

export interface Layout {
  readonly size: readonly [width: number, height: number];
  readonly margins: { readonly top: number; readonly left: number; readonly right: number; readonly bottom: number };
  readonly title: string;
  /** Written into the file; the same content of the same date is the same file. */
  readonly createdAt?: Date;
  /** Texts in Western European letters use fonts that readers of PDFs have: the file is small, and made in milliseconds. */
  readonly isPlain?: boolean;
}

/** A PDF that is being written. Any text may be written: letters of all scripts, in both directions, and what no font has. */
export interface Pdf {
  /** For lines and page numbers; texts go through `write`, because its own fonts know few letters. */
  readonly pages: PDFKit.PDFDocument;
  write(text: string, box: Box): Promise<void>;
  /** How many lines a text takes, and how high they are together. */
  measure(text: string, box: Box): Promise<{ readonly lines: number; readonly height: number }>;
  /** A square code that telephones read. */
  writeCode(text: string, x: number, y: number, width: number): Promise<void>;
  end(): Promise<Buffer>;
}

const collect = (pages: PDFKit.PDFDocument): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pages.on('data', (chunk: Buffer) => chunks.push(chunk));
    pages.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    pages.on('error', reject);
  });

const startPages = ({ size, margins, title, createdAt }: Layout): PDFKit.PDFDocument =>
  new PDFDocument({
    size: [...size],
    margins,
    bufferPages: true,
    info: { Title: title, ...(createdAt === undefined ? {} : { CreationDate: createdAt }) },
  });

/** Where a line begins. A text of several lines that is read from the right hangs on its right edge. */
const leftOf = ({ paragraph: { reach, isRightToLeft }, line: [from, to], isAlone }: LaidLine, { x, width, size, align }: Box): number => {
  const free = width - ((reach[to] ?? 0) - (reach[from] ?? 0)) * size;
  if (align === 'center') return x + free / 2;
  if (align === 'right') return x + free;
  return isRightToLeft && !isAlone ? x + free : x;
};

interface Measured {
  readonly runs: readonly Run[];
  readonly ascent: number;
  readonly height: number;
}

/** A line is as high as its usual font, or as what stands highest and lowest on it: some scripts stack letters. */
const measureLine = ({ paragraph, line: [from, to] }: LaidLine, usual: Font, size: number): Measured => {
  const runs = runsOfLine(paragraph, from, to);
  let above = usual.ascent;
  let below = usual.descent + usual.gap;
  for (const { font, glyphs } of runs)
    for (const { id, y } of glyphs) {
      const reach = font.reachOf(id);
      above = Math.max(above, reach.above + y);
      below = Math.max(below, reach.below - y);
    }
  return { runs, ascent: above * size, height: (above + below) * size };
};

/**
 * Draws a QR code as lines of squares. A picture would be unpacked beside the rest of the file, and its place among the
 * file's parts would depend on when that is done: the same content would not always be the same file.
 */
const drawCode = (pages: PDFKit.PDFDocument, text: string, x: number, y: number, width: number): void => {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const square = width / size;
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const from = column;
      while (column < size && modules.get(row, column) !== 0) column++;
      if (column > from) pages.rect(x + from * square, y + row * square, (column - from) * square, square);
    }
  pages.fill('black');
};

/** Begins a PDF with its first page. */
export const createPdf = (loadFont: LoadFont, layout: Layout): Pdf => {
  const pages = startPages(layout);
  const bytes = collect(pages);
  const drawRun = createDrawRun(pages);
  const layEmbedded = createLayText(createChooseFonts(loadFont));

  const lay = async (text: string, { face = 'regular', width, size, maxLines }: Box) => {
    if (layout.isPlain === true && readerFontsHave(text)) {
      const usual = readerFont(pages, face);
      const lines = await createLayText(chooseOne(usual))(text, face, width / size, maxLines);
      return { usual, lines };
    }
    const [file] = EUROPEAN.filesFor(face);
    if (file === undefined) throw new Error(`no font for ${face}`);
    return { usual: await loadFont(file), lines: await layEmbedded(text, face, width / size, maxLines) };
  };

  return {
    pages,
    write: async (text, box) => {
      const { usual, lines } = await lay(text, box);
      if (box.y !== undefined) pages.y = box.y;
      for (const line of lines) {
        const { runs, ascent, height } = measureLine(line, usual, box.size);
        if (pages.y + height > pages.page.maxY()) pages.addPage();
        const { y } = pages;
        let x = leftOf(line, box);
        for (const run of runs) x = drawRun(run, x, y + ascent, box.size);
        pages.y = y + height;
      }
    },
    measure: async (text, box) => {
      const { usual, lines } = await lay(text, box);
      const heights = lines.map((line) => measureLine(line, usual, box.size).height);
      return { lines: lines.length, height: heights.reduce((sum, height) => sum + height, 0) };
    },
    writeCode: (text, x, y, width) => {
      drawCode(pages, text, x, y, width);
      return Promise.resolve();
    },
    end: () => {
      pages.end();
      return bytes;
    },
  };
};
