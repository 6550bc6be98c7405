import { createInternalClient, type InternalClient } from '@riparo/shared/http/internal-client';
import { createAcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { Platform } from '@riparo/shared/composition/platform';
import { createAppointmentDependencies } from './appointment/dependencies.js';
import { FEED_INDEX } from './appointment/schedule/calendar-feed.js';
import { createAssignmentDependencies } from './assignment/dependencies.js';
import type { TicketsConfig } from './config.js';
import { createAttachmentDependencies } from './conversation/attachment/dependencies.js';
import { createTenantRules } from './kernel/tenant-rules.js';
import { createRepairDependencies } from './repair/dependencies.js';
import { repairAttachments } from './repair/repair-attachments.js';
import { createRepairs } from './repair/repair.repository.js';
import { createAssetLookup } from './replica/asset-lookup.js';
import { createReplicas } from './replica/replicas.js';
import { createTechnicians } from './technician/technician.repository.js';
import { createCannedReplies } from './ticket/canned-reply/canned-reply.repository.js';
import { createLinks } from './ticket/link/link.repository.js';
import { ticketAttachments } from './ticket/ticket-attachments.js';
import { createTickets } from './ticket/ticket.repository.js';
import { createUnapprovedWork } from './work-report/approval-gate.js';
import { workReportAttachments } from './work-report/attachments.js';
import { createWorkReportDependencies } from './work-report/dependencies.js';
import { createWorkReports } from './work-report/work-report.repository.js';
import { createUpkeepDependencies } from './upkeep/dependencies.js';

/** Other services that tickets calls. */
export interface TicketsOptions {
  /** Client of the assets service; default: HTTP to `ASSETS_URL`. */
  readonly assets?: InternalClient;
  /** Client of auth. Without it, only customers whose events have arrived are known, and no customer can be created. */
  readonly auth?: InternalClient;
}

const assetsOverHttp = ({ serviceTokens: tokens }: Platform, { ASSETS_URL: baseUrl }: TicketsConfig): InternalClient =>
  createInternalClient({ service: 'assets', baseUrl, tokens });

const createStores = (platform: Platform) => ({
  tickets: createTickets(platform),
  ticketLinks: createLinks(platform),
  cannedReplies: createCannedReplies(platform),
  repairs: createRepairs(platform),
  workReports: createWorkReports(platform),
  technicians: createTechnicians(platform),
  replicas: createReplicas(platform),
  /** Technicians of all tenants. */
  everyone: createAcrossTenants(platform, 'technicians', [FEED_INDEX]),
});

/**
 * Everything that use cases, consumers and jobs need; each takes the few that it needs. The wings are created from the
 * ground up: a wing gets the wings below it. A function of a wing above is passed in.
 */
export const createDependencies = (platform: Platform, config: TicketsConfig, outside: TicketsOptions = {}) => {
  const { clock, ids, log, links } = platform;
  const { assets = assetsOverHttp(platform, config), auth } = outside;
  const stores = createStores(platform);
  const { replicas, tickets, repairs, workReports } = stores;
  const rulesOf = createTenantRules(replicas, config);
  const assetLookup = createAssetLookup(replicas, assets);
  const files = createAttachmentDependencies(platform, config, {
    TICKET: ticketAttachments(tickets),
    REPAIR: repairAttachments(repairs),
    WORK_REPORT: workReportAttachments(workReports, stores),
  });
  const ground = { ...stores, rulesOf, assetLookup, attachFiles: files.attachFiles };
  const assignment = createAssignmentDependencies(platform, config, ground);
  const desk = createRepairDependencies(platform, config, { ...ground, assets, auth });
  const booking = createAppointmentDependencies(platform, config, { ...ground, giveBackRepairs: desk.giveBackRepairs });
  const reporting = createWorkReportDependencies(platform, {
    ...ground,
    ...desk,
    appointments: booking.appointments,
    files: files.files,
    assets,
    publicUrl: config.PUBLIC_URL,
    journeyTo: booking.journeyTo,
  });
  const upkeep = createUpkeepDependencies(platform, ground);
  return {
    ...ground,
    ...files,
    ...assignment,
    ...desk,
    ...booking,
    ...reporting,
    ...upkeep,
    unapprovedWork: createUnapprovedWork({ ...stores, ...booking, termsOf: desk.termsOf }),
    clock,
    ids,
    log,
    links,
    feeds: stores.everyone,
    publicUrl: config.PUBLIC_URL,
    ratingDays: config.RATING_DAYS,
    clockCron: config.TICKET_CLOCK_CRON,
    repositories: [
      ...Object.values(stores),
      ...files.attachmentStores,
      ...assignment.assignmentStores,
      ...desk.repairStores,
      ...booking.appointmentStores,
      ...reporting.workReportStores,
      ...upkeep.upkeepStores,
    ],
  };
};

export type Dependencies = ReturnType<typeof createDependencies>;
