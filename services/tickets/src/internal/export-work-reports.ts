import type { ExportedWorkReport } from '@riparo/shared/contracts/exported-work-reports';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import type { ExportQuery } from '@riparo/shared/rebuild/export-page';
import { published } from '../work-report/published-report.js';
import type { WorkReports } from '../work-report/work-report.repository.js';
import { pageById } from './page-by-id.js';

/** All work reports, by id, for services that rebuild their replicas. */
export const exportWorkReports =
  ({ workReports }: { readonly workReports: WorkReports }) =>
  async ({ query }: PublicCall<unknown, ExportQuery>): Promise<Reply> =>
    ok(
      await pageById(workReports.in(query.tenantId), query, (report): ExportedWorkReport => ({
        workReport: published(report),
        version: report.version,
      })),
    );
