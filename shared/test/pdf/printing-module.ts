import type { BeginPdf } from '../../src/pdf/print-worker.js';

/** Prints a text; `fail` fails, `hang` never ends and lets nothing else run. */
export interface Printed {
  readonly text: string;
  readonly width?: number;
  readonly maxLines?: number;
}

export const print = async ({ text, width = 300, maxLines }: Printed, beginPdf: BeginPdf): Promise<Buffer> => {
  if (text === 'fail') throw new Error('the module failed');
  while (text === 'hang');
  const pdf = beginPdf({ size: [400, 400], margins: { top: 10, left: 10, right: 10, bottom: 10 }, title: 'Test' });
  await pdf.write(text, { x: 10, width, size: 10, ...(maxLines === undefined ? {} : { maxLines }) });
  return pdf.end();
};
