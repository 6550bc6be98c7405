import { createInternalClient, type InternalClient } from '@riparo/shared/http/internal-client';
import { assembleService } from '@riparo/shared/composition/assemble-service';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import { createAppointmentParts } from './appointment/create-appointment-parts.js';
import { createAttachmentParts } from './conversation/attachment/create-attachment-parts.js';
import { createCannedReplies } from './ticket/canned-reply/canned-reply.repository.js';
import type { TicketsConfig } from './config.js';
import { createLinks } from './ticket/link/link.repository.js';
import { createRepairParts } from './repair/create-repair-parts.js';
import { createRepairs } from './repair/repair.repository.js';
import { createRoutes } from './routes.js';
import { createSubscriptions } from './subscriptions.js';
import { createTicketParts } from './ticket/create-ticket-parts.js';
import { createUpkeepParts } from './upkeep/create-upkeep-parts.js';

export interface TicketsOptions {
  /** How the assets service is asked; default: over HTTP at `ASSETS_URL`. */
  readonly assets?: InternalClient;
  /** How auth is asked for customers; without it only those that events have told of are known, and none can be made. */
  readonly auth?: InternalClient;
}

export const createTicketsService = (platform: Platform, config: TicketsConfig, parts: TicketsOptions = {}): Service => {
  const { serviceTokens: tokens, links } = platform;
  const assets = parts.assets ?? createInternalClient({ service: 'assets', baseUrl: config.ASSETS_URL, tokens });
  const core = createTicketParts(platform, config, assets);
  const repairs = createRepairs(platform);
  const upkeep = createUpkeepParts(platform, config, { ...core.deps, repairs });
  const desk = createRepairParts(platform, config, { repairs, replicas: core.deps.replicas, assets, auth: parts.auth });
  const files = createAttachmentParts(platform, config, { tickets: core.deps.tickets, repairs });
  const booking = createAppointmentParts(platform, config, { ...core.deps, ...desk.deps, everyone: core.everyone });
  const [ticketLinks, cannedReplies] = [createLinks(platform), createCannedReplies(platform)];
  const calendars = { readDiaries: booking.readDiaries, feeds: core.everyone, publicUrl: config.PUBLIC_URL };
  const about = { ...core.deps, ...desk.deps, ...files.deps, ...booking.deps, ...calendars };
  const deps = { ...about, attachFiles: files.attachFiles, ticketLinks, cannedReplies, links };
  return assembleService({
    name: 'tickets',
    platform,
    routes: createRoutes(deps),
    subscriptions: createSubscriptions({ ...deps, giveBackAll: booking.giveBackAll, work: upkeep.work }),
    jobs: [...core.jobs, ...files.jobs, ...upkeep.jobs, ...booking.jobs],
    repositories: [
      ...core.repositories,
      repairs,
      ticketLinks,
      cannedReplies,
      ...files.repositories,
      ...booking.repositories,
      ...upkeep.repositories,
    ],
    onStart: core.reconcilePlaces,
    onStop: async () => {
      await upkeep.work.stop();
      await core.deps.queue.idle();
    },
  });
};
