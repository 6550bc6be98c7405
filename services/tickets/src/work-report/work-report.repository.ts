import type { Platform } from '@riparo/shared/composition/platform';
import { createFileStore, type FileStore } from '@riparo/shared/files/file-store';
import type { IndexDeclaration } from '@riparo/shared/persistence/indexes';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { WorkReport } from './work-report.js';

export type WorkReports = Repository<WorkReport>;

const list = (...fields: readonly string[]): IndexDeclaration => ({
  fields: { ...Object.fromEntries(fields.map((field) => [field, 1 as const])), startedAt: -1, id: -1 },
});

export const createWorkReports = ({ connection, clock, relay }: Platform): WorkReports =>
  createMongoRepository<WorkReport>({
    connection,
    clock,
    relay,
    service: 'tickets',
    collection: 'work_reports',
    indexes: [
      list(),
      list('status'),
      list('customerId'),
      list('technicianIds'),
      list('subject.id'),
      list('appointmentId'),
      // Of two drafts of the same work and technician at the same time, one is refused.
      { fields: { openFor: 1 }, unique: true, partial: { openFor: { $exists: true } } },
    ],
  });

/**
 * `pdf` and `paper` belong to a closed version: the document, and what it was printed from. `png` is a signature that was
 * drawn as a picture.
 */
export type ReportFiles = FileStore<'pdf' | 'paper' | 'png'>;

export const createReportFiles = ({ connection, clock }: Platform): ReportFiles =>
  createFileStore({ connection, clock, bucket: 'work_report_files', parts: ['pdf', 'paper', 'png'] });
