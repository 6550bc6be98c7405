import type { PublishedWorkReport } from '@riparo/shared/contracts/work-reports.events';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { Replicas } from '../../replica/replicas.js';
import { toWorkReport, type WorkReport } from '../../replica/work-report.js';

/**
 * A work report. Where the copy of it is missing or does not suit, the tickets service is asked, because the news of a moment ago
 * may still be on its way, and a draft is edited without any. Throws 503 when that service is away.
 */
export type FindWorkReport = (tenantId: string, id: string, suits?: (report: WorkReport) => boolean) => Promise<WorkReport | undefined>;

interface Deps extends Pick<Replicas, 'workReports'> {
  readonly ticketsService: InternalClient;
}

export const createFindWorkReport =
  ({ workReports, ticketsService }: Deps): FindWorkReport =>
  async (tenantId, id, suits = () => true) => {
    const known = await workReports.in(tenantId).find(id);
    if (known !== undefined && suits(known)) return known;
    try {
      const path = `/internal/work-reports/${id}?tenantId=${encodeURIComponent(tenantId)}`;
      const { version, ...report } = await ticketsService.get<PublishedWorkReport & { readonly version: number }>(path);
      await workReports.in(tenantId).restore(id, version, toWorkReport(report));
      return toWorkReport(report);
    } catch (error) {
      if (isDomainError(error) && error.kind === 'not-found') return undefined;
      throw error;
    }
  };
