import { hash } from 'node:crypto';
import { PAYMENT_LINK, PAYMENT_LINK_DAYS, paymentPath } from '@riparo/shared/contracts/links';
import type { SignedLinks } from '@riparo/shared/http/signed-link';
import type { Printer } from '@riparo/shared/pdf/create-printer';
import type { IdSource } from '@riparo/shared/runtime/ids';
import { DAY_MS } from '@riparo/shared/time/units';
import { withDerived, type Invoice, type KeptFile } from '../invoice.js';
import type { InvoiceFiles, Invoices } from '../invoice.repository.js';
import { describeInvoice } from './describe-invoice.js';
import type { InvoicePaper } from './print-invoice.js';

const MODULE = new URL('./print-invoice.js', import.meta.url);

export interface KeepPdfDeps {
  readonly invoices: Invoices;
  readonly invoiceFiles: InvoiceFiles;
  readonly print: Printer;
  readonly links: SignedLinks;
  readonly ids: IdSource;
  readonly publicUrl: string;
}

/** Where the code on the paper leads. The same document has the same link whenever it is printed. */
const payAt = ({ links, publicUrl }: KeepPdfDeps, tenantId: string, { repairId, issuedAt }: Invoice): string | undefined => {
  if (repairId === undefined) return undefined;
  const expiresAt = new Date(issuedAt.getTime() + PAYMENT_LINK_DAYS * DAY_MS);
  return `${publicUrl}${paymentPath(links.sign(PAYMENT_LINK, { tenantId, subjectId: repairId }, expiresAt))}`;
};

const readKept = async (files: InvoiceFiles, tenantId: string, { fileId }: KeptFile): Promise<Buffer> => {
  const found = await files.get(tenantId, fileId, 'pdf');
  if (found === undefined) throw new Error(`the document ${fileId} is missing`);
  return found.bytes;
};

/**
 * The PDF of a document. It is printed once, after the number was given, and kept; whoever comes first prints it. Of two that print at
 * once the first one to be named counts, and a job removes the other file.
 */
export const keepPdf = async (deps: KeepPdfDeps, tenantId: string, invoice: Invoice): Promise<Buffer> => {
  const { invoices, invoiceFiles, print, ids } = deps;
  if (invoice.pdf !== undefined) return readKept(invoiceFiles, tenantId, invoice.pdf);
  const bytes = await print<InvoicePaper>(MODULE, describeInvoice(invoice, payAt(deps, tenantId, invoice)));
  const pdf: KeptFile = { fileId: ids.next(), sha256: hash('sha256', bytes) };
  await invoiceFiles.put({ tenantId, fileId: pdf.fileId, ownerId: invoice.id }, { pdf: { bytes, contentType: 'application/pdf' } });
  const after = await invoices
    .in(tenantId)
    .update(invoice.id, (state) => ({ state: state.pdf === undefined ? withDerived({ ...state, pdf }) : state, unseen: true }));
  const named = after?.pdf ?? pdf;
  await invoiceFiles.confirm(tenantId, named.fileId);
  return named.fileId === pdf.fileId ? bytes : readKept(invoiceFiles, tenantId, named);
};
