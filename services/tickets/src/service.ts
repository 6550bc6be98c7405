import { createInternalClient, type InternalClient } from '@riparo/shared/http/internal-client';
import { assembleService } from '@riparo/shared/runtime/assemble-service';
import type { Platform } from '@riparo/shared/runtime/platform';
import type { Service } from '@riparo/shared/runtime/service';
import { createAcrossTenants, momentIndex } from '@riparo/shared/persistence/across-tenants';
import { createAppointmentParts } from './appointment/create-appointment-parts.js';
import { createAttachmentParts } from './attachment/create-attachment-parts.js';
import { createCannedReplies } from './canned-reply/canned-reply.repository.js';
import type { TicketsConfig } from './config.js';
import { createLinks } from './link/link.repository.js';
import { createEstate } from './replica/estate.js';
import { createReplicas } from './replica/replicas.js';
import { createRoutes } from './routes.js';
import { createSubscriptions } from './subscriptions.js';
import { createAssigner } from './technician/assigner.js';
import { createQueueDrain } from './technician/drain-queue.js';
import { reconcile } from './technician/reconcile.js';
import { createTechnicians } from './technician/technician.repository.js';
import { createTenantRules } from './tenant-rules.js';
import { createRetimeTicket } from './ticket/retime-tickets.js';
import { runAutoClose, runSilence, runSlaClock } from './ticket/run-clocks.js';
import { createTickets } from './ticket/ticket.repository.js';
import { createUpkeepParts } from './upkeep/create-upkeep-parts.js';

export interface TicketsParts {
  /** How the assets service is asked; default: over HTTP at `ASSETS_URL`. */
  readonly assets?: InternalClient;
}

export const createTicketsService = (platform: Platform, config: TicketsConfig, parts: TicketsParts = {}): Service => {
  const { clock, ids, log, serviceTokens } = platform;
  const assets = parts.assets ?? createInternalClient({ service: 'assets', baseUrl: config.ASSETS_URL, tokens: serviceTokens });
  const [tickets, technicians, replicas] = [createTickets(platform), createTechnicians(platform), createReplicas(platform)];
  const everywhere = createAcrossTenants(platform, 'technicians');
  const timed = createAcrossTenants(platform, 'tickets', ['slaTimerAt', 'silenceDueAt', 'autoCloseAt'].map(momentIndex));
  const rulesOf = createTenantRules(replicas, config);
  const estate = createEstate(replicas, assets);
  const assigner = createAssigner({ tickets, technicians, replicas, rulesOf, clock });
  const drain = createQueueDrain({ tickets, assigner, rulesOf, clock, ids, log });
  const capacity = config.TECHNICIAN_CAPACITY;
  const upkeep = createUpkeepParts(platform, config, { tickets, replicas, rulesOf });
  const retimeTicket = createRetimeTicket({ tickets, replicas, rulesOf, clock, ids });
  const reconcilePlaces = reconcile({ tickets, technicians, rulesOf, assigner, drain, everywhere, capacity, clock, ids });
  const clocks = { tickets, rulesOf, assigner, drain, everywhere: timed, clock, ids, log, maxMoves: config.SILENCE_MAX_MOVES };
  const files = createAttachmentParts(platform, config, tickets);
  const { attachFiles } = files;
  const booking = createAppointmentParts(platform, config, { tickets, replicas, estate, rulesOf, technicians, everyone: everywhere });
  const ticketLinks = createLinks(platform);
  const cannedReplies = createCannedReplies(platform);
  return assembleService({
    name: 'tickets',
    platform,
    routes: createRoutes({
      ...files.deps,
      ...booking.deps,
      ticketLinks,
      rulesOf,
      assigner,
      drain,
      attachFiles,
      cannedReplies,
      ratingDays: config.RATING_DAYS,
      links: platform.links,
      log,
    }),
    subscriptions: createSubscriptions({
      ...booking.deps,
      rulesOf,
      assigner,
      technicians,
      drain,
      capacity,
      retimeTicket,
      giveBackAll: booking.giveBackAll,
      work: upkeep.work,
      ids,
    }),
    jobs: [
      { name: 'reconcile-places', cron: '* * * * *', run: reconcilePlaces },
      { name: 'sla-clock', cron: config.TICKET_CLOCK_CRON, run: runSlaClock(clocks) },
      { name: 'silence', cron: config.TICKET_CLOCK_CRON, run: runSilence(clocks) },
      { name: 'auto-close', cron: config.TICKET_CLOCK_CRON, run: runAutoClose(clocks) },
      ...files.jobs,
      ...upkeep.jobs,
      ...booking.jobs,
    ],
    repositories: [
      tickets,
      technicians,
      replicas,
      timed,
      ticketLinks,
      cannedReplies,
      ...files.repositories,
      ...booking.repositories,
      ...upkeep.repositories,
    ],
    onStart: reconcilePlaces,
    onStop: async () => {
      await upkeep.work.stop();
      await drain.idle();
    },
  });
};
