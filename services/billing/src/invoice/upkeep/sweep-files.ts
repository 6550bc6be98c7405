import type { Clock } from '@riparo/shared/runtime/clock';
import { HOUR_MS } from '@riparo/shared/time/units';
import type { InvoiceFiles, Invoices } from '../invoice.repository.js';

const BATCH = 100;

interface Deps {
  readonly invoices: Invoices;
  readonly invoiceFiles: InvoiceFiles;
  readonly clock: Clock;
}

/** The job that removes files which no document names: two printed at once, or a crash left them. */
export const createSweepInvoiceFiles =
  ({ invoices, invoiceFiles, clock }: Deps) =>
  async (): Promise<void> => {
    const before = new Date(clock.now().getTime() - HOUR_MS);
    for (const { tenantId, fileId, ownerId = '' } of await invoiceFiles.findLoose(before, BATCH)) {
      const invoice = await invoices.in(tenantId).find(ownerId);
      if ([invoice?.pdf?.fileId, invoice?.fatturapa?.fileId].includes(fileId)) await invoiceFiles.confirm(tenantId, fileId);
      else await invoiceFiles.remove(tenantId, fileId);
    }
  };
