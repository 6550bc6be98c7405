import type { Box, Pdf } from './create-pdf.js';
import { INNER, MARGIN, needRoom, printRule, WIDTH, type Row } from './paper.js';

/** A column of a table: its width in points, and where its texts stand. */
export interface Column {
  readonly width: number;
  readonly align: 'left' | 'right';
}

/** Heads and rows; plain data, since it goes to the thread that prints. Every row has a text for each column. */
export interface Grid {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const GAP = 8;
const SIZE = 9;

const boxesOf = (columns: readonly Column[], y: number): readonly Box[] => {
  let x: number = MARGIN;
  return columns.map(({ width, align }, index) => {
    const box: Box = { x, y, width: width - (index === columns.length - 1 ? 0 : GAP), size: SIZE, align };
    x += width;
    return box;
  });
};

const heightOf = async (pdf: Pdf, columns: readonly Column[], cells: readonly string[]): Promise<number> => {
  const heights = await Promise.all(boxesOf(columns, 0).map((box, index) => pdf.measure(cells[index] ?? '', box)));
  return Math.max(...heights.map(({ height }) => height));
};

const printCells = async (pdf: Pdf, columns: readonly Column[], cells: readonly string[], face: Box['face'] = 'regular'): Promise<void> => {
  const { y } = pdf.pages;
  const height = await heightOf(pdf, columns, cells);
  for (const [index, box] of boxesOf(columns, y).entries()) await pdf.write(cells[index] ?? '', { ...box, face });
  pdf.pages.y = y + height + 4;
};

const printGridHead = async (pdf: Pdf, columns: readonly Column[], heads: readonly string[]): Promise<void> => {
  await printCells(pdf, columns, heads, 'bold');
  printRule(pdf, 1);
  pdf.pages.y += 4;
};

/** Every page of the table has its heads; a row stands on one page. */
export const printGrid = async (pdf: Pdf, columns: readonly Column[], { heads, rows }: Grid, instead?: string): Promise<void> => {
  needRoom(pdf, 60);
  await printGridHead(pdf, columns, heads);
  if (rows.length === 0 && instead !== undefined) await pdf.write(instead, { x: MARGIN, width: INNER, size: SIZE });
  for (const cells of rows) {
    if (needRoom(pdf, (await heightOf(pdf, columns, cells)) + 4)) await printGridHead(pdf, columns, heads);
    await printCells(pdf, columns, cells);
  }
  printRule(pdf);
  pdf.pages.y += 6;
};

/** The cells of a line: quantity, description, unit price, VAT, amount. */
export type Cells = readonly [string, string, string, string, string];

/** What is charged. Plain data: it goes to the thread that prints. */
export interface Table {
  readonly heads: Cells;
  readonly lines: readonly Cells[];
  /** Instead of lines. */
  readonly noLines: string;
}

/** The description takes what the other columns leave. */
const LINES: readonly Column[] = [34, INNER - 34 - 92 - 50 - 92, 92, 50, 92].map((width, index) => ({
  width,
  align: index === 1 ? 'left' : 'right',
}));

/** The table of what is charged. */
export const printTable = (pdf: Pdf, { heads, lines, noLines }: Table): Promise<void> =>
  printGrid(pdf, LINES, { heads, rows: lines }, noLines);

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
