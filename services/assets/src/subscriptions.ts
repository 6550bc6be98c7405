import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import { appointmentEvents, assetEvents, customerEvents, repairEvents, ticketEvents, userEvents } from '@riparo/shared/contracts/topology';
import { on, onEach, type Subscription } from '@riparo/shared/messaging/bus';
import type { Dependencies } from './dependencies.js';
import {
  followAppointment,
  followCustomer,
  followRepair,
  followSettings,
  followTicket,
  followUser,
  recordAsset,
} from './replica/follow.js';

/** Every event this service consumes. */
export const subscriptions = (deps: Dependencies): readonly Subscription[] => [
  ...onEach(userEvents, followUser(deps)),
  ...onEach(customerEvents, followCustomer(deps)),
  on(SettingsChanged, followSettings(deps)),
  ...onEach(assetEvents, recordAsset(deps)),
  ...onEach(ticketEvents, followTicket(deps)),
  ...onEach(appointmentEvents, followAppointment(deps)),
  ...onEach(repairEvents, followRepair(deps)),
];
