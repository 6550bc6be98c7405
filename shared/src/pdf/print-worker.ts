import { parentPort } from 'node:worker_threads';
import { createPdf, type Layout, type Pdf } from './create-pdf.js';
import { createLoadFont } from './load-font.js';

/** Begins a PDF; the fonts that other PDFs needed before are loaded already. */
export type BeginPdf = (layout: Layout) => Pdf;

/** What a module exports that prints something: `print`. */
export interface PrintModule<Content> {
  readonly print: (content: Content, beginPdf: BeginPdf) => Promise<Buffer>;
}

export interface PrintJob {
  readonly id: number;
  /** The address of a `PrintModule`. */
  readonly module: string;
  readonly content: unknown;
}

export interface PrintAnswer {
  readonly id: number;
  readonly bytes?: Uint8Array;
  readonly error?: unknown;
}

const loadFont = createLoadFont();
const beginPdf: BeginPdf = (layout) => createPdf(loadFont, layout);

const print = async ({ module, content }: PrintJob): Promise<Buffer> => {
  const { print } = (await import(module)) as PrintModule<unknown>;
  return print(content, beginPdf);
};

const answer = async (job: PrintJob): Promise<PrintAnswer> => {
  try {
    return { id: job.id, bytes: await print(job) };
  } catch (error) {
    return { id: job.id, error };
  }
};

parentPort?.on('message', (job: PrintJob) => {
  void answer(job).then((answered) => {
    parentPort?.postMessage(answered);
  });
});
