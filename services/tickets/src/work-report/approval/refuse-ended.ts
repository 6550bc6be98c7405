import { ticketClosed } from '../../ticket/ticket.errors.js';
import type { WorkReportDeps } from '../dependencies.js';
import type { WorkReport } from '../work-report.js';

/**
 * A report is sent back while its ticket can still be worked on. With the end of the ticket its parts were used up and its
 * lines are charged, so a next version would have neither.
 */
export const refuseEnded = async (
  { tickets }: Pick<WorkReportDeps, 'tickets'>,
  tenantId: string,
  { subject }: Pick<WorkReport, 'subject'>,
): Promise<void> => {
  const ticket = subject.kind === 'TICKET' ? await tickets.in(tenantId).find(subject.id) : undefined;
  if (ticket?.status === 'CLOSED' && ticket.mergedIntoId === undefined) throw ticketClosed();
};
