import type { Box, Pdf } from '@riparo/shared/pdf/create-pdf';
import type { BeginPdf } from '@riparo/shared/pdf/print-worker';

/** Plain data: it goes to the thread that prints. */
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
const LEFT = CODE + 2 * MARGIN;
const WIDTH = SIZE[0] - LEFT - MARGIN;

/** The three texts from the top; a text with a place of its own begins there, others follow the text above. */
interface Plan {
  readonly name: Box;
  readonly kind: Box;
  readonly serialNumber: Box;
}

/** How a label looks whose texts are as short as most are. */
const USUAL: Plan = {
  name: { x: LEFT, y: MARGIN, width: WIDTH, size: 9, face: 'bold' },
  kind: { x: LEFT, y: MARGIN + 36, width: WIDTH, size: 7 },
  serialNumber: { x: LEFT, y: MARGIN + 56, width: WIDTH, size: 7, face: 'code' },
};

/** Longer texts stand below each other without gaps, ever smaller; at last names are shortened, serial numbers never. */
const CLOSER: readonly Plan[] = [1, 0.9, 0.8, 0.7, 0.6, 0.5].map((scale) => ({
  name: { x: LEFT, width: WIDTH, size: 9 * scale, face: 'bold' },
  kind: { x: LEFT, width: WIDTH, size: 7 * scale },
  serialNumber: { x: LEFT, width: WIDTH, size: 7 * scale, face: 'code' },
}));

const heightsOf = async (pdf: Pdf, { name, kind, serialNumber }: Label, plan: Plan): Promise<readonly [number, number, number]> => {
  const height = async (text: string, box: Box): Promise<number> => (await pdf.measure(text, box)).height;
  return [await height(name, plan.name), await height(kind, plan.kind), await height(serialNumber, plan.serialNumber)];
};

const choosePlan = async (pdf: Pdf, label: Label): Promise<Plan> => {
  const [name, kind, serialNumber] = await heightsOf(pdf, label, USUAL);
  if (name <= 36 && kind <= 20 && serialNumber <= CODE - 56) return USUAL;
  for (const plan of CLOSER) {
    const heights = await heightsOf(pdf, label, plan);
    if (heights.reduce((sum, height) => sum + height, 0) <= CODE) return plan;
  }
  return shorten(pdf, label, CLOSER[CLOSER.length - 1] ?? USUAL);
};

/** The kind gets two lines, the name what is left. */
const shorten = async (pdf: Pdf, label: Label, plan: Plan): Promise<Plan> => {
  const kind = { ...plan.kind, maxLines: 2 };
  for (let maxLines = 8; maxLines > 1; maxLines--) {
    const shorter = { ...plan, kind, name: { ...plan.name, maxLines } };
    const heights = await heightsOf(pdf, label, shorter);
    if (heights.reduce((sum, height) => sum + height, 0) <= CODE) return shorter;
  }
  return { ...plan, kind: { ...kind, maxLines: 1 }, name: { ...plan.name, maxLines: 1 } };
};

/** A label with a QR code that opens the device's page. */
export const print = async (label: Label, beginPdf: BeginPdf): Promise<Buffer> => {
  const pdf = beginPdf({
    size: SIZE,
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: 0 },
    title: label.name,
    isPlain: true,
  });
  await pdf.writeCode(label.url, MARGIN, MARGIN, CODE);
  const plan = await choosePlan(pdf, label);
  pdf.pages.y = MARGIN;
  await pdf.write(label.name, plan.name);
  await pdf.write(label.kind, plan.kind);
  await pdf.write(label.serialNumber, plan.serialNumber);
  return pdf.end();
};
