import {
  RegistrationApproved,
  RegistrationRejected,
  SettingsChanged,
  UserRegistered,
  UserRemoved,
  UserUpdated,
} from '@riparo/shared/contracts/auth.events';
import {
  RepairAssigned,
  RepairCollected,
  RepairCompleted,
  RepairEstimateChanged,
  RepairPaid,
  RepairPaymentWaived,
  RepairReady,
  RepairReceived,
  RepairRefused,
  RepairReplied,
  RepairStatusChanged,
  RepairUpdated,
} from '@riparo/shared/contracts/repairs.events';
import {
  TicketAssigned,
  TicketClosed,
  TicketMerged,
  TicketOpened,
  TicketRated,
  TicketReplied,
  TicketResolved,
  TicketStatusChanged,
  TicketUnassigned,
  TicketUnmerged,
  TicketUpdated,
} from '@riparo/shared/contracts/tickets.events';
import { on, type Subscription } from '@riparo/shared/messaging/bus';
import type { OutcomeStore } from './outcome/outcome.store.js';
import { followRepair, followSettings, followTicket, followUser } from './replica/follow.js';
import type { Replicas } from './replica/replicas.js';

/** Every event this service consumes. */
export const createSubscriptions = (replicas: Replicas, outcomes: OutcomeStore): readonly Subscription[] => [
  on(UserRegistered, followUser(replicas)),
  on(UserUpdated, followUser(replicas)),
  on(UserRemoved, followUser(replicas)),
  on(RegistrationApproved, followUser(replicas)),
  on(RegistrationRejected, followUser(replicas)),
  on(SettingsChanged, followSettings(replicas)),
  on(TicketOpened, followTicket(replicas, outcomes)),
  on(TicketUpdated, followTicket(replicas, outcomes)),
  on(TicketAssigned, followTicket(replicas, outcomes)),
  on(TicketUnassigned, followTicket(replicas, outcomes)),
  on(TicketReplied, followTicket(replicas, outcomes)),
  on(TicketStatusChanged, followTicket(replicas, outcomes)),
  on(TicketResolved, followTicket(replicas, outcomes)),
  on(TicketClosed, followTicket(replicas, outcomes)),
  on(TicketMerged, followTicket(replicas, outcomes)),
  on(TicketUnmerged, followTicket(replicas, outcomes)),
  on(TicketRated, followTicket(replicas, outcomes)),
  on(RepairReceived, followRepair(replicas)),
  on(RepairUpdated, followRepair(replicas)),
  on(RepairAssigned, followRepair(replicas)),
  on(RepairStatusChanged, followRepair(replicas)),
  on(RepairEstimateChanged, followRepair(replicas)),
  on(RepairCompleted, followRepair(replicas)),
  on(RepairRefused, followRepair(replicas)),
  on(RepairReady, followRepair(replicas)),
  on(RepairPaid, followRepair(replicas)),
  on(RepairPaymentWaived, followRepair(replicas)),
  on(RepairCollected, followRepair(replicas)),
  on(RepairReplied, followRepair(replicas)),
];
