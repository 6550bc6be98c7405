import type { Invoice } from '../invoice.js';
import { checkFattura } from './check/check-fattura.js';
import { checkFile } from './check/check-document.js';
import type { Fault } from './check/fault.js';
import { describeFatturapa } from './describe/describe-fatturapa.js';
import { fatturapaFaulty, fatturapaNotForReceipts } from './fatturapa.errors.js';
import { fileNameOf } from './file/progressive.js';
import type { CheckSchema } from './schema/check-schema.js';
import { writeXml } from './schema/write-xml.js';

/** A file as it is sent. */
export interface FatturapaFile {
  /** `IT01234567890_R0001.xml`. */
  readonly fileName: string;
  readonly bytes: Buffer;
}

/** What the file depends on besides the document. */
export interface MakeOptions {
  /** Counts what the centre sends: `R0001`. */
  readonly progressive: string;
  /** The calendar day in Italy. */
  readonly today: string;
  readonly checkSchema: CheckSchema;
}

export type Made = { readonly file: FatturapaFile } | { readonly faults: readonly Fault[] };

/** The file, or all that the exchange system would refuse it for. The schemas have words for programmers: they are asked last. */
const attempt = async (invoice: Pick<Invoice, 'number' | 'content'>, { progressive, today, checkSchema }: MakeOptions): Promise<Made> => {
  const fattura = describeFatturapa(invoice, progressive);
  const faults = checkFattura(fattura, today);
  if (faults.length > 0) return { faults };
  const { IdTrasmittente } = fattura.FatturaElettronicaHeader.DatiTrasmissione;
  const file = { fileName: fileNameOf(IdTrasmittente, progressive), bytes: await writeXml(fattura) };
  const refused = [...checkFile(file.fileName, file.bytes), ...(await checkSchema(file.bytes))];
  return refused.length > 0 ? { faults: refused } : { file };
};

/** The electronic invoice of a document. The same document and counter always make the same bytes. */
export const makeFatturapa = async (invoice: Pick<Invoice, 'number' | 'content'>, options: MakeOptions): Promise<FatturapaFile> => {
  const { number, content } = invoice;
  // What takes a receipt back is none either.
  if (content.kind === 'RECEIPT' || content.credits?.kind === 'RECEIPT') throw fatturapaNotForReceipts(number);
  const made = await attempt(invoice, options);
  if ('faults' in made) throw fatturapaFaulty(number, made.faults);
  return made.file;
};
