import type { Pdf } from '@riparo/shared/pdf/create-pdf';
import type { BeginPdf } from '@riparo/shared/pdf/print-worker';
import { INNER, layoutOf, MARGIN, needRoom, numberPages, printHead, printRow, type Paper, type Row } from '@riparo/shared/pdf/paper';
import { printSums, printTable, type Table } from '@riparo/shared/pdf/table';

/** Plain data: it goes to the thread that prints. */
export interface InvoicePaper extends Paper, Table {
  /** What the paper is not. */
  readonly notice?: string;
  readonly facts: readonly Row[];
  /** Label and amount; the last one is the total. */
  readonly sums: readonly Row[];
  readonly notes: readonly Row[];
  /** A square code that leads to the page where it is paid. */
  readonly code?: { readonly address: string; readonly caption: string };
}

const CODE = 110;

const printCode = async (pdf: Pdf, { address, caption }: NonNullable<InvoicePaper['code']>): Promise<void> => {
  needRoom(pdf, CODE + 24);
  pdf.pages.y += 8;
  const { y } = pdf.pages;
  await pdf.writeCode(address, MARGIN, y, CODE);
  await pdf.write(caption, { x: MARGIN + CODE + 12, y: y + CODE / 2 - 6, width: INNER - CODE - 12, size: 9 });
  pdf.pages.y = y + CODE + 4;
};

/** An invoice, a receipt or a credit note as PDF. */
export const print = async (paper: InvoicePaper, beginPdf: BeginPdf): Promise<Buffer> => {
  const pdf = beginPdf(layoutOf(paper));
  await printHead(pdf, paper);
  if (paper.notice !== undefined) {
    await pdf.write(paper.notice, { x: MARGIN, width: INNER, size: 9, face: 'bold' });
    pdf.pages.y += 8;
  }
  for (const row of paper.facts) await printRow(pdf, row);
  pdf.pages.y += 8;
  await printTable(pdf, paper);
  await printSums(pdf, paper.sums);
  for (const row of paper.notes) await printRow(pdf, row);
  if (paper.code !== undefined) await printCode(pdf, paper.code);
  await numberPages(pdf, paper);
  return pdf.end();
};
