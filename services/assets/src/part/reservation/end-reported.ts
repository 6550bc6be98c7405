import type { Replicas } from '../../replica/replicas.js';
import type { By } from '../stock/stock-change.js';
import type { EndReservations } from './end-reservations.js';
import { hasClosedTicket, usesOfReport } from './report-work.js';

interface Deps extends Pick<Replicas, 'workReports' | 'tickets'> {
  readonly endReservations: EndReservations;
}

/** Ends what is reserved for a work report, where the copies of it and of its ticket say so. */
export type EndReported = (tenantId: string, workReportId: string, by: By) => Promise<void>;

export const createEndReported =
  ({ workReports, tickets, endReservations }: Deps): EndReported =>
  async (tenantId, workReportId, by) => {
    const report = await workReports.in(tenantId).find(workReportId);
    if (report === undefined) return;
    const uses = usesOfReport(report, await hasClosedTicket({ tickets }, tenantId, report));
    if (uses !== undefined) await endReservations(tenantId, { workReportId }, uses, by);
  };

/** A ticket has fewer. */
const MAX_REPORTS = 500;
/** Tickets that are merged into one, directly or through others. */
const MAX_MERGED = 200;

/** The ticket and all that were merged into it: their work ends with it. */
const withMerged = async ({ tickets }: Pick<Replicas, 'tickets'>, tenantId: string, ticketId: string): Promise<readonly string[]> => {
  const found = new Set([ticketId]);
  for (let next: readonly string[] = [ticketId]; next.length > 0 && found.size < MAX_MERGED;) {
    const merged = await tickets.in(tenantId).list({ mergedIntoId: { $in: [...next] } }, { limit: MAX_MERGED });
    next = merged.map(({ id }) => id).filter((id) => !found.has(id));
    for (const id of next) found.add(id);
  }
  return [...found];
};

/** The same for all reports of a ticket that was closed. */
export type EndOfTicket = (tenantId: string, ticketId: string, by: By) => Promise<void>;

export const createEndOfTicket =
  ({ workReports, tickets }: Pick<Replicas, 'workReports' | 'tickets'>, endReported: EndReported): EndOfTicket =>
  async (tenantId, ticketId, by) => {
    const ids = await withMerged({ tickets }, tenantId, ticketId);
    const reports = await workReports.in(tenantId).list({ ticketId: { $in: [...ids] } }, { limit: MAX_REPORTS });
    for (const { id } of reports) await endReported(tenantId, id, by);
  };
