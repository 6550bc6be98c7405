import type { Platform } from '@riparo/shared/composition/platform';
import { createFileStore, type FileStore } from '@riparo/shared/files/file-store';
import type { IndexDeclaration } from '@riparo/shared/persistence/indexes';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Invoice } from './invoice.js';

export type Invoices = Repository<Invoice>;

const list = (...fields: readonly string[]): IndexDeclaration => ({
  fields: { ...Object.fromEntries(fields.map((field) => [field, 1 as const])), createdAt: -1, id: -1 },
});

export const createInvoices = ({ connection, clock, relay }: Platform): Invoices =>
  createMongoRepository<Invoice>({
    connection,
    clock,
    relay,
    service: 'billing',
    collection: 'invoices',
    indexes: [
      list(),
      list('customerId'),
      list('repairId'),
      list('ticketId'),
      list('status'),
      { fields: { 'content.issuedOn': 1, id: 1 } },
      { fields: { series: 1, year: -1, sequence: -1 } },
      { fields: { inForceFor: 1 }, unique: true, partial: { inForceFor: { $exists: true } } },
    ],
  });

/** The bytes of issued documents; each is a file of one part. */
export type InvoiceFiles = FileStore<'pdf' | 'xml'>;

export const createInvoiceFiles = ({ connection, clock }: Platform): InvoiceFiles =>
  createFileStore({ connection, clock, bucket: 'invoice_documents', parts: ['pdf', 'xml'] });
