import type { CustomerEventV1, UserEventV1 } from '@riparo/shared/contracts/auth.events';
import type { AssetEventV1 } from '@riparo/shared/contracts/assets.events';
import type { RepairEventV1 } from '@riparo/shared/contracts/repairs.events';
import type { TicketEventV1 } from '@riparo/shared/contracts/tickets.events';
import type { WorkReportEventV1 } from '@riparo/shared/contracts/work-reports.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { cleanDraftsOf, fillDevice, propose, type ProposalDeps } from './propose.js';
import { fromRepair, fromTicket, fromWorkReport } from './proposal.js';

/** Of a ticket that is resolved or closed: what else happens to it says nothing new of its solution. */
export const proposeOfTicket =
  (deps: ProposalDeps): EventHandler<TicketEventV1> =>
  ({ tenantid, aggregateversion, data: { ticket } }) =>
    ticket.status === 'RESOLVED' ? propose(deps, tenantid, fromTicket(ticket, aggregateversion)) : Promise.resolve();

export const proposeOfRepair =
  (deps: ProposalDeps): EventHandler<RepairEventV1> =>
  ({ tenantid, aggregateversion, data: { repair } }) =>
    propose(deps, tenantid, fromRepair(repair, aggregateversion));

export const proposeOfWorkReport =
  (deps: ProposalDeps): EventHandler<WorkReportEventV1> =>
  ({ tenantid, aggregateversion, data: { workReport } }) =>
    propose(deps, tenantid, fromWorkReport(workReport, aggregateversion));

export const fillDeviceOfDrafts =
  (deps: ProposalDeps): EventHandler<AssetEventV1> =>
  ({ tenantid, data: { asset } }) =>
    fillDevice(deps, tenantid, asset.id);

export const cleanDraftsOfCustomer =
  (deps: ProposalDeps): EventHandler<CustomerEventV1> =>
  ({ tenantid, data: { customer } }) =>
    cleanDraftsOf(deps, tenantid, customer.id);

/** Staff stand in texts of every customer: their names are looked for when a case is proposed and when it is published. */
export const cleanDraftsOfPerson =
  (deps: ProposalDeps): EventHandler<UserEventV1> =>
  ({ tenantid, data: { user } }) =>
    user.customerId === undefined ? Promise.resolve() : cleanDraftsOf(deps, tenantid, user.customerId);
