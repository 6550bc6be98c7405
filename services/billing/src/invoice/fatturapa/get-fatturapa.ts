import type { Caller } from '@riparo/shared/contracts/caller';
import { file, ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { invoiceNotFound } from '../invoice.errors.js';
import type { Invoice } from '../invoice.js';
import { fatturapaDropOff } from './fatturapa.errors.js';
import { fatturapaOf, type FatturapaDeps } from './fatturapa.js';
import type { FatturapaOutbox } from './file/outbox.js';

type DocumentCall = Call<unknown, unknown, { id: string }>;

export interface DropDeps extends FatturapaDeps {
  /** Missing: the operator has named no folder. */
  readonly fatturapaOutbox?: FatturapaOutbox;
}

/** Customers see the documents of their own account. */
const findVisible = async ({ fatturapaInvoices }: FatturapaDeps, { tenantId, customerId }: Caller, id: string): Promise<Invoice> => {
  const invoice = await fatturapaInvoices.find(tenantId, id);
  if (invoice === undefined || (customerId !== undefined && customerId !== invoice.customerId)) throw invoiceNotFound();
  return invoice;
};

/** `GET /invoices/:id/fatturapa.xml`. */
export const getFatturapa =
  (deps: FatturapaDeps) =>
  async ({ caller, params: { id } }: DocumentCall): Promise<Reply> => {
    const made = await fatturapaOf(deps, caller.tenantId, await findVisible(deps, caller, id));
    return file(made.file.bytes, 'application/xml', made.file.fileName);
  };

/**
 * `POST /invoices/:id/fatturapa/drop`. It is written down after the file is there: a crash in between drops the same file again,
 * under the same name. Once it is written down nothing is dropped, since the operator may have sent and moved it.
 */
export const dropFatturapa =
  (deps: DropDeps) =>
  async ({ caller, params: { id }, now }: DocumentCall): Promise<Reply> => {
    const { fatturapaOutbox, fatturapaInvoices } = deps;
    const invoice = await findVisible(deps, caller, id);
    if (fatturapaOutbox === undefined) throw fatturapaDropOff();
    const { kept, file: dropped } = await fatturapaOf(deps, caller.tenantId, invoice);
    const { fileName, sha256, progressive, droppedAt } = kept;
    if (droppedAt !== undefined) return ok({ fileName, sha256, progressive, droppedAt });
    await fatturapaOutbox.drop(dropped);
    await fatturapaInvoices.keepFatturapa(caller.tenantId, id, { ...kept, droppedAt: now });
    return ok({ fileName, sha256, progressive, droppedAt: now });
  };
