import type { BeginPdf } from '@riparo/shared/pdf/print-worker';
import { INNER, layoutOf, MARGIN, needRoom, numberPages, printRow, printRule, type Paper, type Row } from '@riparo/shared/pdf/paper';

export interface FormSection {
  readonly heading: string;
  readonly rows: readonly Row[];
}

/** Plain data: it goes to the thread that prints. */
export interface FormPaper extends Paper {
  readonly draft?: string;
  readonly sections: readonly FormSection[];
  /** Which quote the form belongs to. */
  readonly belongsTo: string;
}

/** The European Repair Information Form as PDF. */
export const print = async (paper: FormPaper, beginPdf: BeginPdf): Promise<Buffer> => {
  const pdf = beginPdf(layoutOf(paper));
  const box = { x: MARGIN, width: INNER };
  await pdf.write(paper.title, { ...box, y: MARGIN, size: 16, face: 'bold' });
  await pdf.write(paper.belongsTo, { ...box, size: 9 });
  if (paper.draft !== undefined) await pdf.write(paper.draft, { ...box, size: 11, face: 'bold' });
  for (const { heading, rows } of paper.sections) {
    needRoom(pdf, 70);
    pdf.pages.y += 14;
    await pdf.write(heading, { ...box, size: 11, face: 'bold' });
    pdf.pages.y += 3;
    printRule(pdf, 1);
    pdf.pages.y += 6;
    for (const row of rows) {
      await printRow(pdf, row);
      pdf.pages.y += 2;
    }
  }
  await numberPages(pdf, paper);
  return pdf.end();
};
