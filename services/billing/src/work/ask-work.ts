import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import type { PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import type { PublishedWorkReport } from '@riparo/shared/contracts/work-reports.events';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { Replica, Replicated } from '@riparo/shared/persistence/replica';
import type { Replicas } from '../replica/replicas.js';

type Ask<T> = (tenantId: string, id: string) => Promise<(T & Replicated) | undefined>;

/** Asks the tickets service for the newest state, and keeps it as a copy. `undefined`: there is no such repair or ticket. */
export interface AskWork {
  readonly repair: Ask<PublishedRepair>;
  readonly ticket: Ask<PublishedTicket>;
  /** The work reports of a ticket, the oldest first. */
  reportsOf(tenantId: string, ticketId: string): Promise<readonly PublishedWorkReport[]>;
}

export const createAskWork = ({ repairs, tickets }: Pick<Replicas, 'repairs' | 'tickets'>, ticketsService: InternalClient): AskWork => {
  const ask =
    <T extends object>(replica: Replica<T>, kind: string): Ask<T> =>
    async (tenantId, id) => {
      const search = new URLSearchParams({ tenantId }).toString();
      try {
        const found = await ticketsService.get<T & Replicated>(`/internal/${kind}/${id}?${search}`);
        await replica.in(tenantId).keep(id, found.version, found);
        return found;
      } catch (error) {
        if (isDomainError(error) && error.kind === 'not-found') return undefined;
        throw error;
      }
    };
  return {
    repair: ask(repairs, 'repairs'),
    ticket: ask(tickets, 'tickets'),
    reportsOf: (tenantId, ticketId) => {
      const search = new URLSearchParams({ tenantId }).toString();
      return ticketsService.get<readonly PublishedWorkReport[]>(`/internal/tickets/${ticketId}/work-reports?${search}`);
    },
  };
};
