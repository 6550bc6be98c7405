import type { TicketName } from '@riparo/shared/contracts/tickets.events';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { TenantRepository } from '@riparo/shared/persistence/repository';
import type { IfMatch } from '@riparo/shared/persistence/if-match';
import type { TicketCall } from '../change-ticket.js';
import type { TicketDeps } from '../dependencies.js';
import { visibleTo } from '../ticket.access.js';
import { ticketMerged } from '../ticket.errors.js';
import type { Ticket, TicketState } from '../ticket.js';
import { maySee } from '../../kernel/held.js';
import { refuseStale } from '../../kernel/shown-version.js';

type TenantTickets = TenantRepository<Ticket, 'activities'>;

/** Merges cannot form a circle; the limit only protects against a broken document. */
const MAX_STEPS = 100;

/** The ticket in which the conversation goes on: the ticket itself, or the end of its chain of merges. */
export const mergeTargetOf = async (tickets: TenantTickets, ticket: TicketState): Promise<TicketState> => {
  let current = ticket;
  for (let step = 0; step < MAX_STEPS && current.mergedIntoId !== undefined; step++) {
    const next = await tickets.find(current.mergedIntoId);
    if (next === undefined) break;
    current = next;
  }
  return current;
};

/** The ticket in which a public message is written. */
export interface Destination {
  readonly id: string;
  /** Versions from `If-Match`, when the destination is the ticket that the caller named. */
  readonly ifMatch?: IfMatch;
  /** The merged ticket to which the message was sent. */
  readonly through?: TicketName;
}

const destinationOf = async (
  { tickets }: Pick<TicketDeps, 'tickets'>,
  { caller, params: { id }, ifMatch }: TicketCall,
): Promise<Destination> => {
  const inTenant = tickets.in(caller.tenantId);
  const named = visibleTo(caller, await inTenant.find(id));
  if (named.mergedIntoId === undefined) return { id, ...(ifMatch === undefined ? {} : { ifMatch }) };
  // `If-Match` names the version of the ticket in the request, not of the target.
  refuseStale(caller, ifMatch, named);
  const ticket = await mergeTargetOf(inTenant, named);
  if (!maySee(caller, ticket)) throw ticketMerged(ticket.id);
  return { id: ticket.id, through: { id, ticketNumber: named.ticketNumber } };
};

const isMerged = (error: unknown): boolean => isDomainError(error) && error.code === 'TICKET_MERGED';

const MAX_ROUNDS = 8;

/** Runs `write` for the named ticket. When that ticket was merged, runs it for the ticket in which the conversation goes on. */
export const followingMerges = async <T>(
  deps: Pick<TicketDeps, 'tickets'>,
  call: TicketCall,
  write: (destination: Destination) => Promise<T>,
): Promise<T> => {
  const { params, ifMatch } = call;
  let destination: Destination = { id: params.id, ...(ifMatch === undefined ? {} : { ifMatch }) };
  for (let round = 0; ; round++) {
    try {
      return await write(destination);
    } catch (error) {
      if (!isMerged(error) || round === MAX_ROUNDS) throw error;
    }
    destination = await destinationOf(deps, call);
  }
};
