import type { Pdf } from '@riparo/shared/pdf/create-pdf';
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
import type { BeginPdf } from '@riparo/shared/pdf/print-worker';
import { printGrid, printSums, printTable, type Column, type Grid, type Table } from '@riparo/shared/pdf/table';
import { boxOfPath } from '../approval/path-box.js';

interface Titled {
  readonly title: string;
}

/** A picture as JPEG: it is written into the file as it is, so that the same report is the same file. */
export interface Photo {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface ApprovalPaper extends Titled {
  readonly rows: readonly Row[];
  readonly signatureTitle: string;
  readonly svgPath?: string;
  readonly picture?: Photo;
  readonly meaning: string;
}

/** Plain data: it is kept beside the document, and goes to the thread that prints. */
export interface ReportPaper extends Paper {
  readonly facts: readonly Row[];
  readonly found: Titled & Grid;
  readonly done: Titled & { readonly text: string };
  readonly parts?: Titled & Grid;
  readonly remarks?: Titled & { readonly text: string };
  readonly price?: Titled & { readonly table: Table; readonly sums: readonly Row[]; readonly notes: readonly Row[] };
  /** Of a repair, which has its own documents about its price. */
  readonly later?: string;
  readonly photos: Titled & { readonly ids: readonly string[] };
  readonly acceptance: string;
}

export interface PrintedReport {
  readonly paper: ReportPaper;
  readonly photos: readonly Photo[];
  /** Of an approved report: a page of its own. */
  readonly approval?: ApprovalPaper;
}

const FOUND: readonly Column[] = [120, (INNER - 120) / 2, (INNER - 120) / 2].map((width) => ({ width, align: 'left' }));
const PARTS: readonly Column[] = [
  { width: INNER - 220, align: 'left' },
  { width: 70, align: 'right' },
  { width: 150, align: 'right' },
];
const GAP = 12;
const PHOTO_WIDTH = (INNER - GAP) / 2;
const PHOTO_HEIGHT = 190;
const SIGNATURE = { width: 260, height: 110 };

const printTitle = async (pdf: Pdf, title: string): Promise<void> => {
  needRoom(pdf, 60);
  pdf.pages.y += 10;
  await pdf.write(title, { x: MARGIN, width: INNER, size: 11, face: 'bold' });
  pdf.pages.y += 4;
};

const printText = async (pdf: Pdf, { title, text }: Titled & { readonly text: string }): Promise<void> => {
  await printTitle(pdf, title);
  await pdf.write(text, { x: MARGIN, width: INNER, size: 9 });
};

const printPrice = async (pdf: Pdf, { title, table, sums, notes }: NonNullable<ReportPaper['price']>): Promise<void> => {
  await printTitle(pdf, title);
  await printTable(pdf, table);
  if (sums.length > 0) await printSums(pdf, sums);
  for (const row of notes) await printRow(pdf, row);
};

/** The size of a picture that fits a frame. */
const fitted = ({ width, height }: Pick<Photo, 'width' | 'height'>, most: { readonly width: number; readonly height: number }) => {
  const scale = Math.min(most.width / width, most.height / height);
  return { width: width * scale, height: height * scale };
};

/** Two photos stand side by side. */
const printPhotos = async (pdf: Pdf, title: string, photos: readonly Photo[]): Promise<void> => {
  if (photos.length === 0) return;
  needRoom(pdf, PHOTO_HEIGHT + 40);
  await printTitle(pdf, title);
  for (let first = 0; first < photos.length; first += 2) {
    const pair = photos
      .slice(first, first + 2)
      .map((photo) => ({ photo, size: fitted(photo, { width: PHOTO_WIDTH, height: PHOTO_HEIGHT }) }));
    const height = Math.max(...pair.map(({ size }) => size.height));
    needRoom(pdf, height);
    const { y } = pdf.pages;
    for (const [column, { photo, size }] of pair.entries())
      pdf.pages.image(Buffer.from(photo.bytes), MARGIN + column * (PHOTO_WIDTH + GAP), y, size);
    pdf.pages.y = y + height + GAP;
  }
};

const printAcceptance = async (pdf: Pdf, acceptance: string): Promise<void> => {
  needRoom(pdf, 70);
  const line = Math.min(pdf.pages.y + 48, BOTTOM - 12);
  pdf.pages
    .moveTo(MARGIN, line)
    .lineTo(MARGIN + INNER / 2, line)
    .lineWidth(0.5)
    .stroke();
  await pdf.write(acceptance, { x: MARGIN, y: line + 3, width: INNER, size: 8 });
};

/** Draws the path into its frame, whatever size the device had on which it was drawn. */
const drawPath = ({ pages }: Pdf, svgPath: string, y: number): void => {
  const box = boxOfPath(svgPath);
  if (box === undefined) return;
  const [width, height] = [Math.max(box.right - box.left, 1), Math.max(box.bottom - box.top, 1)];
  const scale = Math.min(SIGNATURE.width / width, SIGNATURE.height / height);
  pages
    .save()
    .translate(MARGIN - box.left * scale, y - box.top * scale)
    .scale(scale)
    .path(svgPath)
    .lineWidth(1.2 / scale)
    .lineCap('round')
    .lineJoin('round')
    .stroke()
    .restore();
};

const printApproval = async (pdf: Pdf, { title, rows, signatureTitle, svgPath, picture, meaning }: ApprovalPaper): Promise<void> => {
  pdf.pages.addPage();
  await pdf.write(title, { x: MARGIN, y: MARGIN, width: INNER, size: 16, face: 'bold' });
  pdf.pages.y += 10;
  for (const row of rows) await printRow(pdf, row);
  if (svgPath !== undefined || picture !== undefined) {
    await printTitle(pdf, signatureTitle);
    const { y } = pdf.pages;
    if (svgPath !== undefined) drawPath(pdf, svgPath, y);
    if (picture !== undefined) pdf.pages.image(Buffer.from(picture.bytes), MARGIN, y, fitted(picture, SIGNATURE));
    pdf.pages.y = y + SIGNATURE.height + 10;
  }
  pdf.pages.y += 8;
  await pdf.write(meaning, { x: MARGIN, width: INNER, size: 8 });
};

/** The report that a customer approves, as PDF; once it is approved, with a page that says so. */
export const print = async ({ paper, photos, approval }: PrintedReport, beginPdf: BeginPdf): Promise<Buffer> => {
  const pdf = beginPdf(layoutOf(paper));
  await printHead(pdf, paper);
  for (const row of paper.facts) await printRow(pdf, row);
  await printTitle(pdf, paper.found.title);
  await printGrid(pdf, FOUND, paper.found);
  await printText(pdf, paper.done);
  if (paper.parts !== undefined) {
    await printTitle(pdf, paper.parts.title);
    await printGrid(pdf, PARTS, paper.parts);
  }
  if (paper.remarks !== undefined) await printText(pdf, paper.remarks);
  await printPhotos(pdf, paper.photos.title, photos);
  if (paper.price !== undefined) await printPrice(pdf, paper.price);
  if (paper.later !== undefined) await pdf.write(paper.later, { x: MARGIN, y: pdf.pages.y + 10, width: INNER, size: 8 });
  await printAcceptance(pdf, paper.acceptance);
  if (approval !== undefined) await printApproval(pdf, approval);
  await numberPages(pdf, paper);
  return pdf.end();
};
