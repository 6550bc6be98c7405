import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import type { PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import { hasAccepted, type Quote, type QuoteVersion } from '../../quote/quote.js';
import { MOST_QUOTES, type Quotes } from '../../quote/quote.repository.js';
import { workNotFound, type WorkId } from '../../work/work.js';
import type { AskWork } from '../../work/ask-work.js';
import { nothingToInvoice, repairWithoutOutcome, ticketNotResolved, ticketWithoutQuote } from '../invoice.errors.js';
import { chargedFor } from './charge.js';

/** What a document can be issued for: a repair with an outcome, or a resolved ticket with its accepted quote. */
export type Billable =
  | { readonly repair: PublishedRepair & { readonly version: number }; readonly ticket?: undefined }
  | { readonly ticket: PublishedTicket; readonly quote: Quote; readonly accepted: QuoteVersion; readonly repair?: undefined };

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

const billableTicket = async (quotes: Quotes, tenantId: string, ticket: PublishedTicket): Promise<Billable> => {
  if (ticket.status !== 'RESOLVED' && ticket.status !== 'CLOSED') throw ticketNotResolved(ticket.status);
  const all = await quotes.in(tenantId).list({ ticketId: ticket.id }, { limit: MOST_QUOTES });
  const quote = all.find(hasAccepted);
  const accepted = quote && acceptedVersion(quote);
  if (quote === undefined || accepted === undefined) throw ticketWithoutQuote();
  if (accepted.total.amount === 0) throw nothingToInvoice();
  return { ticket, quote, accepted };
};

/** Asks the tickets service, because a document must not be made from what was so a moment ago. */
export const findBillable = async ({ askWork, quotes }: Deps, tenantId: string, work: WorkId): Promise<Billable> => {
  const { repairId, ticketId = '' } = work;
  if (repairId !== undefined) {
    const repair = await askWork.repair(tenantId, repairId);
    if (repair === undefined) throw workNotFound(work);
    return billableRepair(repair);
  }
  const ticket = await askWork.ticket(tenantId, ticketId);
  if (ticket === undefined) throw workNotFound(work);
  return billableTicket(quotes, tenantId, ticket);
};
