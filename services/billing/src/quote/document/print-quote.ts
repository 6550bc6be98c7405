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
  type Paper,
  type Row,
} from '@riparo/shared/pdf/paper';
import { printSums, printTable, type Table } from '@riparo/shared/pdf/table';

/** Plain data: it goes to the thread that prints. */
export interface QuotePaper extends Paper, Table {
  /** On a draft, a line that says so. */
  readonly draft?: string;
  readonly facts: readonly Row[];
  /** Label and amount; the last one is the total. */
  readonly sums: readonly Row[];
  readonly conditions: readonly Row[];
  readonly terms: string;
  readonly acceptance: string;
}

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
