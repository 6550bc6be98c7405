import type { Caller } from '@riparo/shared/contracts/caller';
import type { ReservationCharge } from '@riparo/shared/contracts/parts.events';
import type { PublishedPartUse } from '@riparo/shared/contracts/repair-outcome';
import { isDesk } from '@riparo/shared/contracts/roles';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { Replicas } from '../../replica/replicas.js';
import { isWritten, type WorkReport } from '../../replica/work-report.js';
import { deskOnly, ticketClosed, workReportEnded, workReportNotFound, workReportNotYours, workReportOfRepair } from '../part.errors.js';
import type { FindWorkReport } from './find-work-report.js';

/** Nobody merges tickets one into the next so often. */
const MOST_MERGES = 50;

/**
 * Whether the ticket of a report is closed, as far as this service knows. A ticket that was merged is CLOSED too, but the work on
 * it goes on in its target, so the target's status counts.
 */
export const hasClosedTicket = async (
  { tickets }: Pick<Replicas, 'tickets'>,
  tenantId: string,
  { ticketId }: Pick<WorkReport, 'ticketId'>,
): Promise<boolean> => {
  const inTenant = tickets.in(tenantId);
  let ticket = ticketId === undefined ? undefined : await inTenant.find(ticketId);
  for (let step = 0; ticket?.mergedIntoId !== undefined && step < MOST_MERGES; step++) ticket = await inTenant.find(ticket.mergedIntoId);
  return ticket?.status === 'CLOSED';
};

/**
 * APPROVED: what the report names is consumed and the rest released. CLOSED keeps its reservations until the customer approves it,
 * or the ticket is closed without. DISCARDED releases all, and so does what is still a draft when the ticket is closed. Like that
 * of a repair, its state decides and not the event. `undefined`: it goes on, or its repair decides.
 */
export const usesOfReport = (report: WorkReport, ticketIsClosed: boolean): readonly PublishedPartUse[] | undefined => {
  if (report.ticketId === undefined) return undefined;
  if (report.status === 'APPROVED') return report.parts;
  if (report.status === 'DISCARDED') return [];
  if (!ticketIsClosed) return undefined;
  return report.status === 'CLOSED' ? report.parts : [];
};

export const isTheirReport = ({ technicianIds }: WorkReport, { role, userId }: Caller): boolean =>
  isDesk(role) || technicianIds.includes(userId);

interface Deps extends Pick<Replicas, 'tickets'> {
  readonly findWorkReport: FindWorkReport;
}

/** Technicians reserve for the reports that they write, the desk for any that is being written. Only the desk gives a part away. */
export const reportInWork = async (
  { findWorkReport, tickets }: Deps,
  caller: Caller,
  id: string,
  charge: ReservationCharge | undefined,
): Promise<WorkReport> => {
  const { tenantId, role } = caller;
  const report = await findWorkReport(tenantId, id, (known) => isTheirReport(known, caller) && isWritten(known));
  if (report === undefined) throw workReportNotFound();
  if (!isTheirReport(report, caller)) throw workReportNotYours();
  if (report.repairId !== undefined) throw workReportOfRepair(report.repairId);
  if (!isWritten(report)) throw workReportEnded(report.status);
  if (await hasClosedTicket({ tickets }, tenantId, report)) throw ticketClosed();
  if (charge === 'WARRANTY' && !isDesk(role)) throw invalidInput([deskOnly('charge')]);
  return report;
};
