import type { Platform } from '@riparo/shared/composition/platform';
import { createFileStore, type FileStore } from '@riparo/shared/files/file-store';
import { createAcrossTenants, momentIndex, type AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { ReportSchedule } from './report-schedule.js';

const COLLECTION = 'report_schedules';

export type ReportSchedules = Repository<ReportSchedule>;

export const createReportSchedules = ({ connection, clock, relay }: Platform): ReportSchedules =>
  createMongoRepository<ReportSchedule>({
    connection,
    clock,
    relay,
    service: 'reports',
    collection: COLLECTION,
    softDelete: true,
    indexes: [{ fields: { createdAt: -1, id: -1 } }, { fields: { ownerUserId: 1, createdAt: -1, id: -1 } }],
  });

/** Finds the schedules of all tenants that are due. */
export const createDueSchedules = (platform: Platform): AcrossTenants => createAcrossTenants(platform, COLLECTION, [momentIndex('nextAt')]);

/**
 * The CSVs until their mails have gone. No document keeps them: each stays loose, and goes 30 days after it was made, whether it
 * was told of or a crash left it.
 */
export type ReportFiles = FileStore<'csv'>;

export const createReportFiles = ({ connection, clock }: Platform): ReportFiles =>
  createFileStore({ connection, clock, bucket: 'report_files', parts: ['csv'] });
