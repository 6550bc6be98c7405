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

/** The same for all reports of a ticket that was closed. */
export type EndOfTicket = (tenantId: string, ticketId: string, by: By) => Promise<void>;

export const createEndOfTicket =
  ({ workReports }: Pick<Replicas, 'workReports'>, endReported: EndReported): EndOfTicket =>
  async (tenantId, ticketId, by) => {
    for (const { id } of await workReports.in(tenantId).list({ ticketId }, { limit: MAX_REPORTS })) await endReported(tenantId, id, by);
  };
