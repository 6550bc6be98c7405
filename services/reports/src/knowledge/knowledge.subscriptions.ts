import { RepairCompleted, RepairUpdated } from '@riparo/shared/contracts/repairs.events';
import { TicketClosed, TicketResolved, TicketUpdated } from '@riparo/shared/contracts/tickets.events';
import { assetEvents, customerEvents, userEvents } from '@riparo/shared/contracts/topology';
import { WorkReportApproved } from '@riparo/shared/contracts/work-reports.events';
import { on, onEach, type Subscription } from '@riparo/shared/messaging/bus';
import type { Dependencies } from '../dependencies.js';
import {
  cleanDraftsOfCustomer,
  cleanDraftsOfPerson,
  fillDeviceOfDrafts,
  proposeOfRepair,
  proposeOfTicket,
  proposeOfWorkReport,
} from './proposal/on-work.js';
import { onTicketClosed } from './useful/mark-useful.js';

/** What becomes knowledge; runs after the copies are kept. */
export const knowledgeSubscriptions = (deps: Dependencies): readonly Subscription[] => [
  ...onEach([TicketResolved, TicketUpdated], proposeOfTicket(deps)),
  on(TicketClosed, onTicketClosed(deps)),
  ...onEach([RepairCompleted, RepairUpdated], proposeOfRepair(deps)),
  on(WorkReportApproved, proposeOfWorkReport(deps)),
  ...onEach(assetEvents, fillDeviceOfDrafts(deps)),
  ...onEach(customerEvents, cleanDraftsOfCustomer(deps)),
  ...onEach(userEvents, cleanDraftsOfPerson(deps)),
];
