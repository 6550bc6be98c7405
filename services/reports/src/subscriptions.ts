import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import { TicketRated } from '@riparo/shared/contracts/tickets.events';
import { repairEvents, repairPaymentEvents, ticketEvents, userEvents } from '@riparo/shared/contracts/topology';
import { on, onEach, type Subscription } from '@riparo/shared/messaging/bus';
import type { OutcomeStore } from './outcome/outcome.store.js';
import { followRepair, followSettings, followTicket, followUser } from './replica/follow.js';
import type { Replicas } from './replica/replicas.js';

/** Every event this service consumes. */
export const createSubscriptions = (replicas: Replicas, outcomes: OutcomeStore): readonly Subscription[] => [
  ...onEach(userEvents, followUser(replicas)),
  on(SettingsChanged, followSettings(replicas)),
  ...onEach(ticketEvents, followTicket(replicas, outcomes)),
  on(TicketRated, followTicket(replicas, outcomes)),
  ...onEach(repairEvents, followRepair(replicas)),
  ...onEach(repairPaymentEvents, followRepair(replicas)),
];
