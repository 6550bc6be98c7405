import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import type { PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import { totalsOf, type PriceLine } from '@riparo/shared/contracts/price-lines';
import type { Money } from '@riparo/shared/contracts/money';
import type { PublishedWorkReport } from '@riparo/shared/contracts/work-reports.events';
import { hasAccepted, type Quote, type QuoteVersion } from '../../quote/quote.js';
import { MOST_QUOTES, type Quotes } from '../../quote/quote.repository.js';
import { workNotFound, type WorkId } from '../../work/work.js';
import type { AskWork } from '../../work/ask-work.js';
import { ticketMerged, nothingToInvoice, repairWithoutOutcome, ticketNotResolved, ticketWithoutCharge } from '../invoice.errors.js';
import { chargedFor } from './charge.js';

/** What the work on a ticket costs: what an accepted quote says, or what its work reports say. */
export interface TicketCharge {
  readonly lines: readonly PriceLine[];
  readonly total: Money;
}

/** What a document can be issued for: a repair with an outcome, or a resolved ticket that something is charged for. */
export type Billable =
  | { readonly repair: PublishedRepair & { readonly version: number }; readonly ticket?: undefined }
  | { readonly ticket: PublishedTicket; readonly charge: TicketCharge; readonly repair?: undefined };

interface Deps {
  readonly askWork: AskWork;
  readonly quotes: Quotes;
}

/** The repair if a document can be issued for it. */
export const billableRepair = (repair: PublishedRepair & { readonly version: number }): Billable => {
  if (repair.outcome === undefined) throw repairWithoutOutcome(repair.status);
  if (chargedFor(repair) === 0) throw nothingToInvoice();
  return { repair };
};

const acceptedVersion = ({ versions }: Quote): QuoteVersion | undefined => versions.findLast(({ status }) => status === 'ACCEPTED');

/** A report that waits for its approval is charged once its ticket is resolved: where the centre asks for one, it was resolved with it. */
const isCharged = ({ status }: PublishedWorkReport): boolean => status === 'APPROVED' || status === 'CLOSED';

/** The lines of all reports, with their sums. Where the centre changed its currency between two reports, those before are not charged: a document has one. */
const chargeOfReports = (reports: readonly PublishedWorkReport[]): TicketCharge | undefined => {
  const charged = reports.filter(isCharged);
  const currency = charged.at(-1)?.currency;
  if (currency === undefined) return undefined;
  const lines = charged.filter((report) => report.currency === currency).flatMap((report) => report.lines);
  return { lines, total: totalsOf(lines, currency).total };
};

/** What was agreed beforehand counts, whatever the reports say. */
const chargeOfTicket = async ({ askWork, quotes }: Deps, tenantId: string, ticketId: string): Promise<TicketCharge | undefined> => {
  const all = await quotes.in(tenantId).list({ ticketId }, { limit: MOST_QUOTES });
  const quote = all.find(hasAccepted);
  return (quote && acceptedVersion(quote)) ?? chargeOfReports(await askWork.reportsOf(tenantId, ticketId));
};

const billableTicket = async (deps: Deps, tenantId: string, ticket: PublishedTicket): Promise<Billable> => {
  if (ticket.mergedIntoId !== undefined) throw ticketMerged(ticket.mergedIntoId);
  if (ticket.status !== 'RESOLVED' && ticket.status !== 'CLOSED') throw ticketNotResolved(ticket.status);
  const charge = await chargeOfTicket(deps, tenantId, ticket.id);
  if (charge === undefined) throw ticketWithoutCharge();
  if (charge.total.amount === 0) throw nothingToInvoice();
  return { ticket, charge };
};

/** Asks the tickets service, because a document must not be made from what was so a moment ago. */
export const findBillable = async (deps: Deps, tenantId: string, work: WorkId): Promise<Billable> => {
  const { askWork } = deps;
  const { repairId, ticketId = '' } = work;
  if (repairId !== undefined) {
    const repair = await askWork.repair(tenantId, repairId);
    if (repair === undefined) throw workNotFound(work);
    return billableRepair(repair);
  }
  const ticket = await askWork.ticket(tenantId, ticketId);
  if (ticket === undefined) throw workNotFound(work);
  return billableTicket(deps, tenantId, ticket);
};
