import type { Appointments } from '../appointment/appointment.repository.js';
import type { TermsOf } from '../kernel/centre-terms.js';
import type { UnapprovedWork } from '../ticket/decide-status.js';
import { withMerged } from '../ticket/merge/with-merged.js';
import type { TicketState } from '../ticket/ticket.js';
import type { Tickets } from '../ticket/ticket.repository.js';
import type { WorkReports } from './work-report.repository.js';

interface Deps {
  readonly tickets: Tickets;
  readonly appointments: Appointments;
  readonly workReports: WorkReports;
  readonly termsOf: TermsOf;
}

/** Reports of one ticket that are read; a ticket has a handful. */
const MAX_REPORTS = 200;

/** Somebody was at the customer's, or is there now. */
const wasVisited = async ({ appointments }: Deps, tenantId: string, about: readonly string[]): Promise<boolean> => {
  const begun = { type: 'ONSITE_VISIT' as const, status: { $in: ['IN_PROGRESS' as const, 'COMPLETED' as const] } };
  return (await appointments.in(tenantId).findOne({ 'subject.id': { $in: [...about] }, ...begun })) !== undefined;
};

/** Which reports keep a ticket from being resolved, as the settings ask; `undefined`: none. Drafts never do. */
export const createUnapprovedWork =
  (deps: Deps) =>
  async (tenantId: string, ticket: Pick<TicketState, 'id' | 'merge' | 'mergedIntoId'>): Promise<UnapprovedWork | undefined> => {
    const { approval } = (await deps.termsOf(tenantId)).workTerms;
    if (approval === 'NONE') return undefined;
    const about = await withMerged(deps.tickets, tenantId, ticket);
    if (approval === 'ONSITE_VISITS' && !(await wasVisited(deps, tenantId, about))) return undefined;
    const filter = { 'subject.id': { $in: about }, status: { $in: ['CLOSED' as const, 'DISPUTED' as const, 'APPROVED' as const] } };
    const reports = await deps.workReports.in(tenantId).list(filter, { limit: MAX_REPORTS });
    const waiting = reports.filter(({ status }) => status !== 'APPROVED').map(({ id }) => id);
    const isMissing = approval === 'ONSITE_VISITS' && reports.length === 0;
    return waiting.length > 0 || isMissing ? { workReportIds: waiting } : undefined;
  };
