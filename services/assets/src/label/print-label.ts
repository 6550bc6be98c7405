export interface Label {
  readonly url: string;
  readonly name: string;
  readonly kind: string;
  readonly serialNumber: string;
}

/** 62 × 29 mm, a common size of label printers; in points of 1/72 inch. */
const SIZE: [number, number] = [175.75, 82.2];
const MARGIN = 6;
const CODE = SIZE[1] - 2 * MARGIN;

/** The fonts that every PDF reader has know Latin letters only; others would come out as something else. */
const printable = (text: string): string => text.replace(/[^\u0020-\u007E\u00A0-\u00FF]/g, '?');

/** A label with a QR code that opens the device's page. */
export const printLabel = async ({ url, name, kind, serialNumber }: Label): Promise<Buffer> => {
  // Loaded with the first label: they would take half a second of every start.
  const [{ default: PDFDocument }, { default: qrcode }] = await Promise.all([import('pdfkit'), import('qrcode')]);
  const code = await qrcode.toBuffer(url, { margin: 0, errorCorrectionLevel: 'M', width: 400 });
  const document = new PDFDocument({ size: SIZE, margin: MARGIN, info: { Title: printable(name) } });
  const chunks: Buffer[] = [];
  const finished = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  document.image(code, MARGIN, MARGIN, { width: CODE, height: CODE });
  const column = { width: SIZE[0] - CODE - 3 * MARGIN, ellipsis: true };
  const left = CODE + 2 * MARGIN;
  document
    .font('Helvetica-Bold')
    .fontSize(9)
    .text(printable(name), left, MARGIN, { ...column, height: 30 });
  document
    .font('Helvetica')
    .fontSize(7)
    .text(printable(kind), left, MARGIN + 36, { ...column, height: 16 });
  document
    .font('Courier')
    .fontSize(7)
    .text(printable(serialNumber), left, MARGIN + 56, { ...column, height: 14 });
  document.end();
  return finished;
};
