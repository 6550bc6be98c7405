import type { Box, Pdf } from '@riparo/shared/pdf/create-pdf';
import type { BeginPdf } from '@riparo/shared/pdf/print-worker';
import {
  BOTTOM,
  INNER,
  layoutOf,
  MARGIN,
  needRoom,
  numberPages,
  printHead,
  printRow,
  printRule,
  WIDTH,
  type Paper,
  type Row,
} from './paper.js';

/** The cells of a line: quantity, description, unit price, VAT, amount. */
export type Cells = readonly [string, string, string, string, string];

/** Plain data: it goes to the thread that prints. */
export interface QuotePaper extends Paper {
  /** On a draft, a line that says so. */
  readonly draft?: string;
  readonly facts: readonly Row[];
  readonly heads: Cells;
  readonly lines: readonly Cells[];
  /** Instead of lines. */
  readonly noLines: string;
  /** Label and amount; the last one is the total. */
  readonly sums: readonly Row[];
  readonly conditions: readonly Row[];
  readonly terms: string;
  readonly acceptance: string;
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
const printTable = async (pdf: Pdf, { heads, lines, noLines }: QuotePaper): Promise<void> => {
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

const printSums = async (pdf: Pdf, sums: readonly Row[]): Promise<void> => {
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

const SIGNATURE = 60;

const printFoot = async (pdf: Pdf, { terms, acceptance, draft }: QuotePaper): Promise<void> => {
  const box: Box = { x: MARGIN, width: INNER, size: 8 };
  needRoom(pdf, (await pdf.measure(terms, box)).height + (draft === undefined ? SIGNATURE : 0));
  pdf.pages.y += 4;
  await pdf.write(terms, box);
  if (draft !== undefined) return;
  const line = Math.min(pdf.pages.y + 40, BOTTOM - 12);
  pdf.pages
    .moveTo(MARGIN, line)
    .lineTo(MARGIN + INNER / 2, line)
    .lineWidth(0.5)
    .stroke();
  await pdf.write(acceptance, { x: MARGIN, y: line + 3, width: INNER, size: 8 });
};

/** The quote that a customer gets, as PDF. */
export const print = async (paper: QuotePaper, beginPdf: BeginPdf): Promise<Buffer> => {
  const pdf = beginPdf(layoutOf(paper));
  await printHead(pdf, paper);
  if (paper.draft !== undefined) {
    await pdf.write(paper.draft, { x: MARGIN, width: INNER, size: 11, face: 'bold' });
    pdf.pages.y += 8;
  }
  for (const row of paper.facts) await printRow(pdf, row);
  pdf.pages.y += 8;
  await printTable(pdf, paper);
  await printSums(pdf, paper.sums);
  for (const row of paper.conditions) await printRow(pdf, row);
  await printFoot(pdf, paper);
  await numberPages(pdf, paper);
  return pdf.end();
};
