import type { Box, Pdf } from '@riparo/shared/pdf/create-pdf';
import { INNER, MARGIN, needRoom, printRule, WIDTH, type Row } from './paper.js';

/** The cells of a line: quantity, description, unit price, VAT, amount. */
export type Cells = readonly [string, string, string, string, string];

/** What is charged. Plain data: it goes to the thread that prints. */
export interface Table {
  readonly heads: Cells;
  readonly lines: readonly Cells[];
  /** Instead of lines. */
  readonly noLines: string;
}

const GAP = 8;
/** Widths of the columns; the description takes what they leave. */
const WIDTHS = [34, INNER - 34 - 92 - 50 - 92, 92, 50, 92] as const;
const SIZE = 9;

const boxesOf = (y: number): readonly Box[] => {
  let x: number = MARGIN;
  return WIDTHS.map((width, column) => {
    const box: Box = { x, y, width: width - (column === WIDTHS.length - 1 ? 0 : GAP), size: SIZE, align: column === 1 ? 'left' : 'right' };
    x += width;
    return box;
  });
};

const heightOf = async (pdf: Pdf, cells: Cells): Promise<number> => {
  const heights = await Promise.all(boxesOf(0).map((box, column) => pdf.measure(cells[column] ?? '', box)));
  return Math.max(...heights.map(({ height }) => height));
};

const printCells = async (pdf: Pdf, cells: Cells, face: Box['face'] = 'regular'): Promise<void> => {
  const { y } = pdf.pages;
  const height = await heightOf(pdf, cells);
  for (const [column, box] of boxesOf(y).entries()) await pdf.write(cells[column] ?? '', { ...box, face });
  pdf.pages.y = y + height + 4;
};

const printTableHead = async (pdf: Pdf, heads: Cells): Promise<void> => {
  await printCells(pdf, heads, 'bold');
  printRule(pdf, 1);
  pdf.pages.y += 4;
};

/** Every page of the table has its heads; a line stands on one page. */
export const printTable = async (pdf: Pdf, { heads, lines, noLines }: Table): Promise<void> => {
  needRoom(pdf, 60);
  await printTableHead(pdf, heads);
  if (lines.length === 0) await pdf.write(noLines, { x: MARGIN, width: INNER, size: SIZE });
  for (const cells of lines) {
    if (needRoom(pdf, (await heightOf(pdf, cells)) + 4)) await printTableHead(pdf, heads);
    await printCells(pdf, cells);
  }
  printRule(pdf);
  pdf.pages.y += 6;
};

const SUM_LABEL = 220;

/** Label and amount under the table; the last one is the total. */
export const printSums = async (pdf: Pdf, sums: readonly Row[]): Promise<void> => {
  needRoom(pdf, sums.length * 15 + 10);
  const amountWidth = 150;
  const x = WIDTH - MARGIN - amountWidth - SUM_LABEL;
  for (const [index, [label, amount]] of sums.entries()) {
    const isTotal = index === sums.length - 1;
    const face = isTotal ? 'bold' : 'regular';
    const size = isTotal ? 11 : SIZE;
    const { y } = pdf.pages;
    await pdf.write(label, { x, y, width: SUM_LABEL - GAP, size, face, align: 'right' });
    const { y: afterLabel } = pdf.pages;
    await pdf.write(amount, { x: x + SUM_LABEL, y, width: amountWidth, size, face, align: 'right' });
    pdf.pages.y = Math.max(afterLabel, pdf.pages.y) + 2;
  }
  pdf.pages.y += 10;
};
