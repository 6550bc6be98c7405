import type { Appointment } from '../appointment/appointment.js';
import type { Appointments } from '../appointment/appointment.repository.js';
import type { TermsOf } from '../kernel/centre-terms.js';
import type { UnapprovedWork } from '../ticket/decide-status.js';
import { withMerged } from '../ticket/merge/with-merged.js';
import type { TicketState } from '../ticket/ticket.js';
import type { Tickets } from '../ticket/ticket.repository.js';
import { lastClosedOf, type WorkReport } from './work-report.js';
import type { WorkReports } from './work-report.repository.js';

interface Deps {
  readonly tickets: Tickets;
  readonly appointments: Appointments;
  readonly workReports: WorkReports;
  readonly termsOf: TermsOf;
}

/** Reports of one ticket that are read; a ticket has a handful. */
const MAX_REPORTS = 200;

/** Visits of one ticket that are read, likewise. */
const MAX_VISITS = 200;

/** When somebody was at the customer's, or is there now. */
const visitsOf = ({ appointments }: Deps, tenantId: string, about: readonly string[]): Promise<readonly Appointment[]> => {
  const begun = { type: 'ONSITE_VISIT' as const, status: { $in: ['IN_PROGRESS' as const, 'COMPLETED' as const] } };
  return appointments.in(tenantId).list({ 'subject.id': { $in: [...about] }, ...begun }, { limit: MAX_VISITS });
};

/** A report about the visit, or about work that went on after the visit had begun: one report may tell of several visits. */
const isReported = (reports: readonly WorkReport[], { id, actualStartAt, scheduledStartAt }: Appointment): boolean =>
  reports.some((report) => {
    const { endedAt } = lastClosedOf(report) ?? report.content;
    return report.appointmentId === id || (endedAt !== undefined && endedAt >= (actualStartAt ?? scheduledStartAt));
  });

/** Which reports keep a ticket from being resolved, as the settings ask; `undefined`: none. Drafts never do. */
export const createUnapprovedWork =
  (deps: Deps) =>
  async (tenantId: string, ticket: Pick<TicketState, 'id' | 'merge' | 'mergedIntoId'>): Promise<UnapprovedWork | undefined> => {
    const { approval } = (await deps.termsOf(tenantId)).workTerms;
    if (approval === 'NONE') return undefined;
    const about = await withMerged(deps.tickets, tenantId, ticket);
    const visits = approval === 'ONSITE_VISITS' ? await visitsOf(deps, tenantId, about) : [];
    if (approval === 'ONSITE_VISITS' && visits.length === 0) return undefined;
    const filter = { 'subject.id': { $in: about }, status: { $in: ['CLOSED' as const, 'DISPUTED' as const, 'APPROVED' as const] } };
    const reports = await deps.workReports.in(tenantId).list(filter, { limit: MAX_REPORTS });
    const waiting = reports.filter(({ status }) => status !== 'APPROVED').map(({ id }) => id);
    const isMissing = visits.some((visit) => !isReported(reports, visit));
    return waiting.length > 0 || isMissing ? { workReportIds: waiting } : undefined;
  };
