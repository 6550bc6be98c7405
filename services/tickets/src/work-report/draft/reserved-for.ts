import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { FindReserved, ReservedPart } from '../../repair/parts/find-reserved.js';
import type { WorkReport } from '../work-report.js';

/** What is reserved for the work of a report: for the repair, or for the report itself where it is about a ticket. */
export type ReservedFor = (tenantId: string, report: Pick<WorkReport, 'id' | 'subject'>) => Promise<readonly ReservedPart[]>;

/** Asks the assets service, because an event of a moment ago may be on its way. */
export const createReservedFor =
  ({ findReserved, assets }: { readonly findReserved: FindReserved; readonly assets: InternalClient }): ReservedFor =>
  (tenantId, { id, subject }) =>
    subject.kind === 'REPAIR'
      ? findReserved(tenantId, subject.id)
      : assets.get<readonly ReservedPart[]>(`/internal/reservations?tenantId=${encodeURIComponent(tenantId)}&workReportId=${id}`);
