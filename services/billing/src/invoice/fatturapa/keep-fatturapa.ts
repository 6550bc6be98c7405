import type { Decision, Repository } from '@riparo/shared/persistence/repository';
import { invoiceNotFound } from '../invoice.errors.js';
import type { Invoice } from '../invoice.js';
import type { FatturapaInvoices, KeptFatturapa } from './fatturapa.js';

/** The first file stays. That it was dropped is added once. */
export const keepFile = (invoice: Invoice, file: KeptFatturapa): Decision<Invoice> => {
  const { fatturapa: kept } = invoice;
  const isNews = kept === undefined || (kept.fileId === file.fileId && kept.droppedAt === undefined && file.droppedAt !== undefined);
  return { state: isNews ? { ...invoice, fatturapa: file } : invoice };
};

/** The documents, as electronic invoices need them. */
export const createFatturapaInvoices = (invoices: Repository<Invoice>): FatturapaInvoices => ({
  find: (tenantId, id) => invoices.in(tenantId).find(id),
  keepFatturapa: async (tenantId, id, file) => {
    const kept = await invoices.in(tenantId).update(id, (invoice) => keepFile(invoice, file));
    if (kept === undefined) throw invoiceNotFound();
    return kept;
  },
});
