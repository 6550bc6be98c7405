import { hash } from 'node:crypto';
import type { FileStore } from '@riparo/shared/files/file-store';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { IdSource } from '@riparo/shared/runtime/ids';
import { dayAfter } from '../../centre.js';
import type { Invoice } from '../invoice.js';
import type { NextProgressive } from './file/progressive.js';
import { makeFatturapa, type FatturapaFile } from './make-fatturapa.js';
import type { CheckSchema } from './schema/check-schema.js';

/** The electronic invoice of a document, once it was made. */
export type KeptFatturapa = NonNullable<Invoice['fatturapa']>;

/** What is asked of the documents. */
export interface FatturapaInvoices {
  find(tenantId: string, id: string): Promise<Invoice | undefined>;
  /**
   * Names the file in the document. A document that names another one keeps that, since a file has been given out: what is
   * answered is the document as it is stored then. The same file again may say that it was dropped.
   */
  keepFatturapa(tenantId: string, id: string, file: KeptFatturapa): Promise<Invoice>;
}

export interface FatturapaDeps {
  readonly fatturapaInvoices: FatturapaInvoices;
  readonly fatturapaFiles: Pick<FileStore<'xml'>, 'put' | 'get' | 'confirm' | 'remove'>;
  readonly nextProgressive: NextProgressive;
  readonly checkSchema: CheckSchema;
  readonly ids: IdSource;
  readonly clock: Clock;
}

/** The day on which the exchange system would get it. */
const italianDay = (at: Date): string => dayAfter(at, { timeZone: 'Europe/Rome' });

const keptBytes = async ({ fatturapaFiles }: FatturapaDeps, tenantId: string, kept: KeptFatturapa): Promise<FatturapaFile> => {
  const found = await fatturapaFiles.get(tenantId, kept.fileId, 'xml');
  if (found === undefined) throw new Error(`the electronic invoice ${kept.fileId} is missing`);
  if (hash('sha256', found.bytes) !== kept.sha256) throw new Error(`the electronic invoice ${kept.fileId} is not what was made`);
  return { fileName: kept.fileName, bytes: found.bytes };
};

/** A file is loose until the document names it. Of two that were made at once, the document names one. */
const makeAndKeep = async (deps: FatturapaDeps, tenantId: string, invoice: Invoice): Promise<KeptFatturapa> => {
  const { fatturapaInvoices, fatturapaFiles, nextProgressive, checkSchema, ids, clock } = deps;
  const make = (progressive: string): Promise<FatturapaFile> =>
    makeFatturapa(invoice, { progressive, today: italianDay(clock.now()), checkSchema });
  // What is refused does not use up a number.
  await make('R0000');
  const progressive = await nextProgressive(tenantId);
  const { fileName, bytes } = await make(progressive);
  const fileId = ids.next();
  await fatturapaFiles.put({ tenantId, fileId, ownerId: invoice.id }, { xml: { bytes, contentType: 'application/xml' } });
  const wanted = { fileId, sha256: hash('sha256', bytes), progressive, fileName };
  const { fatturapa: kept = wanted } = await fatturapaInvoices.keepFatturapa(tenantId, invoice.id, wanted);
  if (kept.fileId === fileId) await fatturapaFiles.confirm(tenantId, fileId);
  else await fatturapaFiles.remove(tenantId, fileId);
  return kept;
};

/** The file of a document, made at the first call and the same ever after. */
export const fatturapaOf = async (
  deps: FatturapaDeps,
  tenantId: string,
  invoice: Invoice,
): Promise<{ readonly kept: KeptFatturapa; readonly file: FatturapaFile }> => {
  const kept = invoice.fatturapa ?? (await makeAndKeep(deps, tenantId, invoice));
  return { kept, file: await keptBytes(deps, tenantId, kept) };
};
