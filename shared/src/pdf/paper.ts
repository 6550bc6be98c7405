import type { Layout, Pdf } from './create-pdf.js';

/** A4 in points (1/72 inch). */
export const WIDTH = 595.28;
export const HEIGHT = 841.89;
export const MARGIN = 50;
const FOOTER = 30;
const LABEL = 140;
export const INNER = WIDTH - 2 * MARGIN;
/** Below this nothing is written but the page number. */
export const BOTTOM = HEIGHT - MARGIN - FOOTER;

/** Label and text. A text may have any length and any number of lines. */
export type Row = readonly [label: string, text: string];

export interface Paper {
  /** The company's name, then its address and contact. */
  readonly company: readonly string[];
  readonly title: string;
  /** Stands on every page, before the page number. */
  readonly foot: string;
  readonly words: { readonly page: string; readonly of: string };
  readonly createdAt: Date;
}

export const layoutOf = ({ title, createdAt }: Pick<Paper, 'title' | 'createdAt'>): Layout => ({
  size: [WIDTH, HEIGHT],
  margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOTER },
  title,
  // The date of the sending, so that the same quote is the same file whenever it is printed.
  createdAt,
});

/** Begins a new page unless so much room is left on this one. */
export const needRoom = ({ pages }: Pdf, height: number): boolean => {
  if (pages.y + height <= BOTTOM) return false;
  pages.addPage();
  return true;
};

export const printHead = async (pdf: Pdf, { company: [name = '', ...contact], title }: Pick<Paper, 'company' | 'title'>): Promise<void> => {
  await pdf.write(name, { x: MARGIN, y: MARGIN, width: INNER, size: 14, face: 'bold' });
  for (const each of contact) await pdf.write(each, { x: MARGIN, width: INNER, size: 9 });
  pdf.pages.y += 14;
  await pdf.write(title, { x: MARGIN, width: INNER, size: 16, face: 'bold' });
  pdf.pages.y += 8;
};

export const printRow = async (pdf: Pdf, [label, text]: Row): Promise<void> => {
  const { pages } = pdf;
  // A label stands beside the first line of its text, so both must begin on the same page.
  needRoom(pdf, 30);
  const { y } = pages;
  await pdf.write(label, { x: MARGIN, y, width: LABEL - 10, size: 9, face: 'bold' });
  const afterLabel = pages.y;
  await pdf.write(text, { x: MARGIN + LABEL, y, width: INNER - LABEL, size: 9 });
  // When the text ended on a later page, the label's end is on an earlier page and does not count.
  pages.y = (pages.y < y ? pages.y : Math.max(pages.y, afterLabel)) + 5;
};

export const printRule = ({ pages }: Pdf, width = 0.5): void => {
  pages
    .moveTo(MARGIN, pages.y)
    .lineTo(WIDTH - MARGIN, pages.y)
    .lineWidth(width)
    .stroke();
};

export const numberPages = async (pdf: Pdf, { foot, words }: Pick<Paper, 'foot' | 'words'>): Promise<void> => {
  const { pages } = pdf;
  const { start, count } = pages.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    pages.switchToPage(start + page);
    // The page number stands below the margin, where otherwise a new page would begin.
    pages.page.margins.bottom = 0;
    const text = `${foot} · ${words.page} ${page + 1} ${words.of} ${count}`;
    await pdf.write(text, { x: MARGIN, y: HEIGHT - MARGIN, width: INNER, size: 7, align: 'center' });
  }
};
