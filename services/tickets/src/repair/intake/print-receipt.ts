import { fileURLToPath } from 'node:url';
import type { Labels } from '../public-status/labels.js';

export interface Receipt {
  readonly words: Labels;
  /** Name first, then address and contact. */
  readonly company: readonly string[];
  readonly number: string;
  /** Label and text; texts of any length and in any number of lines. */
  readonly rows: readonly (readonly [string, string])[];
  readonly statusUrl: string;
  readonly createdAt: Date;
}

/** A4 in points of 1/72 inch. */
const WIDTH = 595.28;
const HEIGHT = 841.89;
const MARGIN = 50;
const CODE = 90;
const FOOTER = 30;
const LABEL = 130;
const SIGNATURES = 130;

/**
 * The fonts that every PDF reader has know Latin letters only; this one is embedded, as far as it is used, and knows the
 * alphabets of Europe and more.
 */
const fontFile = (name: string): string => fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));

/** What turns the reading direction, joins or hides, and halves of characters: nobody could read it, and layouts stumble over it. */
const UNPRINTABLE = /[\p{Cf}\p{Co}\p{Cn}\p{Cs}]|(?!\n)\p{Cc}/gu;
/** A word wider than its column is measured letter by letter, over and over: ten thousand letters took seconds. */
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
  // A label stands beside the first line of its text, so both have to begin on the same page.
  if (document.y > HEIGHT - MARGIN - FOOTER - 30) document.addPage();
  const { y } = document;
  document
    .font('bold')
    .fontSize(9)
    .text(label, MARGIN, y, { width: LABEL - 10 });
  const afterLabel = document.y;
  document.font('regular').text(printable(text), MARGIN + LABEL, y, { width: WIDTH - 2 * MARGIN - LABEL });
  // On another page the label is behind.
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
    // Below the margin, where a text would begin a new page by itself.
    document.page.margins.bottom = 0;
    const text = `${number} · ${words.page} ${page + 1} ${words.of} ${count}`;
    document.fontSize(7).text(text, MARGIN, HEIGHT - MARGIN, { width: WIDTH - 2 * MARGIN, align: 'center', lineBreak: false });
  }
};

/** The receipt that a customer takes along, as PDF. */
export const printReceipt = async (receipt: Receipt): Promise<Buffer> => {
  // Loaded with the first receipt: they would take half a second of every start.
  const [{ default: PDFDocument }, { default: qrcode }] = await Promise.all([import('pdfkit'), import('qrcode')]);
  const { words, number, rows, statusUrl, createdAt } = receipt;
  const code = await qrcode.toBuffer(statusUrl, { margin: 0, errorCorrectionLevel: 'M', width: 400 });
  const document = new PDFDocument({
    size: [WIDTH, HEIGHT],
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOTER },
    bufferPages: true,
    // The same receipt is the same file, whenever it is printed.
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
