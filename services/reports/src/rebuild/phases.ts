import type { ExportedRepair } from '@riparo/shared/contracts/exported-repairs';
import type { ExportedTicket } from '@riparo/shared/contracts/exported-tickets';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import { pageFrom, type RestorePage } from '@riparo/shared/rebuild/run-rebuilds';
import type { MakeAnew } from '../counting/make-anew.js';
import { outcomesOfExported } from '../outcome/exported-outcomes.js';
import type { OutcomeStore } from '../outcome/outcome.store.js';
import { restorePayments } from '../replica/cash-movement.js';
import { toRepair } from '../replica/repair.js';
import type { Replicas } from '../replica/replicas.js';
import { toTicket } from '../replica/ticket.js';
import type { RebuildPhase } from './rebuild.js';

export interface PhaseDeps extends Pick<Replicas, 'tickets' | 'repairs' | 'cashMovements'> {
  readonly outcomes: OutcomeStore;
  readonly makeAnew: MakeAnew;
  readonly ticketsService: InternalClient;
}

/** How each kind of thing is made anew. */
export const createPhases = (deps: PhaseDeps): Readonly<Record<RebuildPhase, RestorePage>> => {
  const { tickets, repairs, cashMovements, outcomes, makeAnew, ticketsService } = deps;
  return {
    TICKETS: pageFrom<ExportedTicket>(ticketsService, {
      path: '/internal/tickets',
      idOf: ({ ticket }) => ticket.id,
      restore: async (tenantId, exported, wrongBefore) => {
        const { ticket, version } = exported;
        await outcomes.restore(tenantId, ticket.id, outcomesOfExported(exported), wrongBefore);
        // Last, because it marks the ticket as not counted, with what came out of it.
        await tickets.in(tenantId).restore(ticket.id, version, toTicket(ticket));
      },
    }),
    REPAIRS: pageFrom<ExportedRepair>(ticketsService, {
      path: '/internal/repairs',
      idOf: ({ repair }) => repair.id,
      restore: async (tenantId, { repair, version }) => {
        await repairs.in(tenantId).restore(repair.id, version, toRepair(repair));
        await restorePayments(cashMovements, tenantId, repair.payments ?? []);
      },
    }),
    SHEETS: ({ tenantId, after }) => makeAnew(tenantId, after),
  };
};
