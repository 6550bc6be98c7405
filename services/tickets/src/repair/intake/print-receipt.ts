import type { Pdf } from '@riparo/shared/pdf/create-pdf';
import type { BeginPdf } from '@riparo/shared/pdf/print-worker';
import type { Labels } from '../public-status/labels.js';

/** Plain data: it goes to the thread that prints. */
export interface Receipt {
  readonly words: Labels;
  /** The company's name, then its address and contact. */
  readonly company: readonly string[];
  readonly number: string;
  /** Label and text. A text may have any length and any number of lines. */
  readonly rows: readonly (readonly [string, string])[];
  readonly statusUrl: string;
  readonly createdAt: Date;
}

/** A4 in points (1/72 inch). */
const WIDTH = 595.28;
const HEIGHT = 841.89;
const MARGIN = 50;
const CODE = 90;
const FOOTER = 30;
const LABEL = 130;
const SIGNATURES = 130;

const printHead = async (pdf: Pdf, { words, company: [name = '', ...contact], statusUrl }: Receipt): Promise<void> => {
  const width = WIDTH - 3 * MARGIN - CODE;
  await pdf.writeCode(statusUrl, WIDTH - MARGIN - CODE, MARGIN, CODE);
  await pdf.write(words.scan, { x: WIDTH - MARGIN - CODE, y: MARGIN + CODE + 4, width: CODE, size: 7, align: 'center' });
  await pdf.write(name, { x: MARGIN, y: MARGIN, width, size: 14, face: 'bold' });
  for (const each of contact) await pdf.write(each, { x: MARGIN, width, size: 9 });
  pdf.pages.y = Math.max(pdf.pages.y, MARGIN + CODE + 30);
};

const printRow = async (pdf: Pdf, label: string, text: string): Promise<void> => {
  const { pages } = pdf;
  // A label stands beside the first line of its text, so both must begin on the same page.
  if (pages.y > HEIGHT - MARGIN - FOOTER - 30) pages.addPage();
  const { y } = pages;
  await pdf.write(label, { x: MARGIN, y, width: LABEL - 10, size: 9, face: 'bold' });
  const afterLabel = pages.y;
  await pdf.write(text, { x: MARGIN + LABEL, y, width: WIDTH - 2 * MARGIN - LABEL, size: 9 });
  // When the text ended on a later page, the label's end is on an earlier page and does not count.
  pages.y = (pages.y < y ? pages.y : Math.max(pages.y, afterLabel)) + 6;
};

const printFoot = async (pdf: Pdf, { words }: Receipt): Promise<void> => {
  const { pages } = pdf;
  if (pages.y > HEIGHT - MARGIN - FOOTER - SIGNATURES) pages.addPage();
  const width = WIDTH - 2 * MARGIN;
  await pdf.write(words.terms, { x: MARGIN, y: pages.y + 10, width, size: 8 });
  const line = pages.y + 50;
  const half = (width - 40) / 2;
  for (const [label, x] of [
    [words.customerSignature, MARGIN],
    [words.deskSignature, MARGIN + half + 40],
  ] as const) {
    pages
      .moveTo(x, line)
      .lineTo(x + half, line)
      .lineWidth(0.5)
      .stroke();
    await pdf.write(label, { x, y: line + 4, width: half, size: 8 });
  }
};

const numberPages = async (pdf: Pdf, { words, number }: Receipt): Promise<void> => {
  const { pages } = pdf;
  const { start, count } = pages.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    pages.switchToPage(start + page);
    // The page number stands below the margin, where otherwise a new page would begin.
    pages.page.margins.bottom = 0;
    const text = `${number} · ${words.page} ${page + 1} ${words.of} ${count}`;
    await pdf.write(text, { x: MARGIN, y: HEIGHT - MARGIN, width: WIDTH - 2 * MARGIN, size: 7, align: 'center' });
  }
};

/** The receipt that a customer takes along, as PDF. */
export const print = async (receipt: Receipt, beginPdf: BeginPdf): Promise<Buffer> => {
  const { words, number, rows, createdAt } = receipt;
  const title = `${words.receipt} ${number}`;
  const pdf = beginPdf({
    size: [WIDTH, HEIGHT],
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOTER },
    title,
    // The creation date is that of the repair, so that the same receipt is the same file whenever it is printed.
    createdAt,
  });
  await printHead(pdf, receipt);
  await pdf.write(title, { x: MARGIN, width: WIDTH - 2 * MARGIN, size: 16, face: 'bold' });
  pdf.pages.y += 10;
  for (const [label, text] of rows) await printRow(pdf, label, text);
  await printFoot(pdf, receipt);
  await numberPages(pdf, receipt);
  return pdf.end();
};
