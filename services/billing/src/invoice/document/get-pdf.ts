import { file } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { findVisible } from '../invoice.access.js';
import { keepPdf, type KeepPdfDeps } from './keep-pdf.js';

/** `GET /invoices/:id/invoice.pdf`: the same bytes whenever it is asked for. */
export const getInvoicePdf =
  (deps: KeepPdfDeps) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const invoice = await findVisible(deps.invoices, caller, id);
    return file(await keepPdf(deps, caller.tenantId, invoice), 'application/pdf', `${invoice.number}.pdf`, 'inline');
  };
