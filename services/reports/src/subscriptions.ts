import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import { TicketRated } from '@riparo/shared/contracts/tickets.events';
import { repairEvents, repairPaymentEvents, ticketEvents, userEvents } from '@riparo/shared/contracts/topology';
import { on, onEach, type Subscription } from '@riparo/shared/messaging/bus';
import type { Dependencies } from './dependencies.js';
import { followRepair, followSettings, followTicket, followUser } from './replica/follow.js';

/** Every event this service consumes. */
export const subscriptions = (deps: Dependencies): readonly Subscription[] => [
  ...onEach(userEvents, followUser(deps)),
  on(SettingsChanged, followSettings(deps)),
  ...onEach(ticketEvents, followTicket(deps)),
  on(TicketRated, followTicket(deps)),
  ...onEach(repairEvents, followRepair(deps)),
  ...onEach(repairPaymentEvents, followRepair(deps)),
];
