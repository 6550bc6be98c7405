import type { RetoldTicket } from '@riparo/shared/contracts/retold-tickets';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { HistoryStore } from '../history/history.store.js';
import { entriesOfRetoldTicket } from '../history/ticket-entries.js';
import type { Replicas } from '../replica/replicas.js';
import { toTicket } from '../replica/ticket.js';
import { advance, finish, type Rebuild } from './rebuild.js';

export interface RunRebuildsDeps extends Pick<Replicas, 'tickets'> {
  readonly rebuilds: Repository<Rebuild>;
  readonly openRebuilds: AcrossTenants;
  readonly history: HistoryStore;
  readonly ticketsService: InternalClient;
  readonly clock: Clock;
}

const PAGE = 50;
const TENANTS = 1_000;
/** Events take no longer than this from a ticket to this service; in ms. */
const ON_THE_WAY_MS = 5 * 60_000;

/** The job that works off rebuilds page by page; one that was interrupted goes on after its last whole page. */
export const createRunRebuilds = (deps: RunRebuildsDeps): (() => Promise<void>) => {
  const { rebuilds, openRebuilds, history, tickets, ticketsService, clock } = deps;

  const restore = async (tenantId: string, retold: RetoldTicket, fetchedAt: Date): Promise<void> => {
    const { ticket, version } = retold;
    await tickets.in(tenantId).restore(ticket.id, version, toTicket(ticket));
    const wrongBefore = new Date(fetchedAt.getTime() - ON_THE_WAY_MS);
    await history.restore(tenantId, ticket.id, entriesOfRetoldTicket(retold), wrongBefore);
  };

  const work = async (tenantId: string): Promise<void> => {
    const tenant = rebuilds.in(tenantId);
    let rebuild = await tenant.find(tenantId);
    while (rebuild?.open === true) {
      const fetchedAt = clock.now();
      const query = new URLSearchParams({
        tenantId,
        limit: String(PAGE),
        ...(rebuild.after === undefined ? {} : { after: rebuild.after }),
      });
      const page = await ticketsService.get<readonly RetoldTicket[]>(`/internal/tickets?${query.toString()}`);
      for (const retold of page) await restore(tenantId, retold, fetchedAt);
      const last = page.at(-1)?.ticket.id;
      rebuild = await tenant.update(tenantId, (before) =>
        last === undefined ? finish(before, clock.now()) : advance(before, last, page.length),
      );
    }
  };

  return async () => {
    for (const { tenantId } of await openRebuilds.find({ open: true }, TENANTS)) await work(tenantId);
  };
};
