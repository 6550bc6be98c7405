import type { InternalClient } from '@riparo/shared/http/internal-client';
import { createAcrossTenants, momentIndex } from '@riparo/shared/persistence/across-tenants';
import type { Platform } from '@riparo/shared/composition/platform';
import type { TicketsConfig } from '../config.js';
import { createAssetLookup } from '../replica/asset-lookup.js';
import { createReplicas } from '../replica/replicas.js';
import { FEED_INDEX } from '../appointment/schedule/calendar-feed.js';
import { createAssigner } from '../assignment/assigner.js';
import { createTicketQueue } from '../assignment/ticket-queue.js';
import { reconcile } from '../assignment/reconcile.js';
import { createTechnicians } from '../technician/technician.repository.js';
import { createTenantRules } from '../kernel/tenant-rules.js';
import { createRetimeTicket } from './sla/retime-tickets.js';
import { runAutoClose, runSilence, runSlaClock } from '../assignment/run-clocks.js';
import { createTickets } from './ticket.repository.js';

/** Wires tickets, who works on them, and their clocks: what every other part of the service builds on. */
export const createTicketParts = (platform: Platform, config: TicketsConfig, assets: InternalClient) => {
  const { clock, ids, log } = platform;
  const { TECHNICIAN_CAPACITY: capacity, RATING_DAYS: ratingDays, TICKET_CLOCK_CRON: cron, SILENCE_MAX_MOVES: maxMoves } = config;
  const [tickets, technicians, replicas] = [createTickets(platform), createTechnicians(platform), createReplicas(platform)];
  /** Technicians of all tenants. */
  const everyone = createAcrossTenants(platform, 'technicians', [FEED_INDEX]);
  const timed = createAcrossTenants(platform, 'tickets', ['slaTimerAt', 'silenceDueAt', 'autoCloseAt'].map(momentIndex));
  const rulesOf = createTenantRules(replicas, config);
  const assetLookup = createAssetLookup(replicas, assets);
  const assigner = createAssigner({ tickets, technicians, replicas, rulesOf, clock });
  const queue = createTicketQueue({ tickets, assigner, rulesOf, clock, ids, log });
  const retimeTicket = createRetimeTicket({ tickets, replicas, rulesOf, clock, ids });
  const deps = {
    tickets,
    technicians,
    replicas,
    assetLookup,
    rulesOf,
    assigner,
    queue,
    retimeTicket,
    capacity,
    ratingDays,
    clock,
    ids,
    log,
  };
  const clocks = { ...deps, everywhere: timed, maxMoves };
  const reconcilePlaces = reconcile({ ...deps, everywhere: everyone });
  return {
    deps,
    everyone,
    reconcilePlaces,
    repositories: [tickets, technicians, replicas, everyone, timed],
    jobs: [
      { name: 'reconcile-places', cron: '* * * * *', run: reconcilePlaces },
      { name: 'sla-clock', cron, run: runSlaClock(clocks) },
      { name: 'silence', cron, run: runSilence(clocks) },
      { name: 'auto-close', cron, run: runAutoClose(clocks) },
    ],
  };
};
