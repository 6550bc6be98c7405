import { fileURLToPath } from 'node:url';
import type { Labels } from '../public-status/labels.js';

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

/**
 * A font that is embedded in the PDF, as far as it is used. The standard fonts of PDF readers have Latin letters only;
 * this one has the alphabets of Europe and more.
 */
const fontFile = (name: string): string => fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));

/**
 * Characters that turn the reading direction, join or hide letters, and halves of characters: nobody can read them, and
 * layouts fail on them.
 */
const UNPRINTABLE = /[\p{Cf}\p{Co}\p{Cn}\p{Cs}]|(?!\n)\p{Cc}/gu;
/**
 * pdfkit measures a word that is wider than its column letter by letter, again and again: 10,000 letters took seconds.
 * So long words are cut every 60 letters.
 */
const TOO_LONG = /\S{60}(?=\S)/gu;

const printable = (text: string): string => text.replace(UNPRINTABLE, ' ').replace(TOO_LONG, '$&\n');

type Document = PDFKit.PDFDocument;

const printHead = (document: Document, { words, company: [name = '', ...contact] }: Receipt, code: Buffer): void => {
  const left = { width: WIDTH - 3 * MARGIN - CODE };
  document.image(code, WIDTH - MARGIN - CODE, MARGIN, { width: CODE, height: CODE });
  document.font('regular').fontSize(7);
  document.text(words.scan, WIDTH - MARGIN - CODE, MARGIN + CODE + 4, { width: CODE, align: 'center' });
  document.font('bold').fontSize(14).text(printable(name), MARGIN, MARGIN, left);
  document.font('regular').fontSize(9);
  for (const each of contact) document.text(printable(each), left);
  document.y = Math.max(document.y, MARGIN + CODE + 30);
};

const printRow = (document: Document, label: string, text: string): void => {
  // A label stands beside the first line of its text, so both must begin on the same page.
  if (document.y > HEIGHT - MARGIN - FOOTER - 30) document.addPage();
  const { y } = document;
  document
    .font('bold')
    .fontSize(9)
    .text(label, MARGIN, y, { width: LABEL - 10 });
  const afterLabel = document.y;
  document.font('regular').text(printable(text), MARGIN + LABEL, y, { width: WIDTH - 2 * MARGIN - LABEL });
  // When the text ended on a later page, the label's end is on an earlier page and does not count.
  document.y = (document.y < y ? document.y : Math.max(document.y, afterLabel)) + 6;
};

const printFoot = (document: Document, { words }: Receipt): void => {
  if (document.y > HEIGHT - MARGIN - FOOTER - SIGNATURES) document.addPage();
  const width = WIDTH - 2 * MARGIN;
  document.fontSize(8).text(words.terms, MARGIN, document.y + 10, { width });
  const line = document.y + 50;
  const half = (width - 40) / 2;
  for (const [label, x] of [
    [words.customerSignature, MARGIN],
    [words.deskSignature, MARGIN + half + 40],
  ] as const) {
    document
      .moveTo(x, line)
      .lineTo(x + half, line)
      .lineWidth(0.5)
      .stroke();
    document.text(label, x, line + 4, { width: half });
  }
};

const numberPages = (document: Document, { words, number }: Receipt): void => {
  const { start, count } = document.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    document.switchToPage(start + page);
    // The page number stands below the margin, where pdfkit would otherwise begin a new page.
    document.page.margins.bottom = 0;
    const text = `${number} · ${words.page} ${page + 1} ${words.of} ${count}`;
    document.fontSize(7).text(text, MARGIN, HEIGHT - MARGIN, { width: WIDTH - 2 * MARGIN, align: 'center', lineBreak: false });
  }
};

/** The receipt that a customer takes along, as PDF. */
export const printReceipt = async (receipt: Receipt): Promise<Buffer> => {
  // These modules are loaded with the first receipt: they would add half a second to every start.
  const [{ default: PDFDocument }, { default: qrcode }] = await Promise.all([import('pdfkit'), import('qrcode')]);
  const { words, number, rows, statusUrl, createdAt } = receipt;
  const code = await qrcode.toBuffer(statusUrl, { margin: 0, errorCorrectionLevel: 'M', width: 400 });
  const document = new PDFDocument({
    size: [WIDTH, HEIGHT],
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOTER },
    bufferPages: true,
    // The creation date is that of the repair, so that the same receipt is the same file whenever it is printed.
    info: { Title: `${words.receipt} ${number}`, CreationDate: createdAt },
  });
  const chunks: Buffer[] = [];
  const finished = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  document.registerFont('regular', fontFile('DejaVuSans')).registerFont('bold', fontFile('DejaVuSans-Bold'));
  printHead(document, receipt, code);
  document
    .font('bold')
    .fontSize(16)
    .text(`${words.receipt} ${number}`, MARGIN, document.y, { width: WIDTH - 2 * MARGIN });
  document.y += 10;
  for (const [label, text] of rows) printRow(document, label, text);
  printFoot(document, receipt);
  numberPages(document, receipt);
  document.end();
  return finished;
};
