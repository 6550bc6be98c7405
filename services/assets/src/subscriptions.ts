import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import { appointmentEvents, assetEvents, customerEvents, repairEvents, ticketEvents, userEvents } from '@riparo/shared/contracts/topology';
import { on, onEach, type Subscription } from '@riparo/shared/messaging/bus';
import { follow } from '@riparo/shared/messaging/follow';
import type { Dependencies } from './dependencies.js';
import { followAppointment, followRepair, followTicket, recordAsset } from './replica/follow.js';

/** Every event this service consumes. */
export const subscriptions = (deps: Dependencies): readonly Subscription[] => [
  ...onEach(
    userEvents,
    follow(deps.users, ({ user }) => user),
  ),
  ...onEach(
    customerEvents,
    follow(deps.customers, ({ customer }) => customer),
  ),
  on(
    SettingsChanged,
    follow(deps.settings, ({ settings }) => settings),
  ),
  ...onEach(assetEvents, recordAsset(deps)),
  ...onEach(ticketEvents, followTicket(deps)),
  ...onEach(appointmentEvents, followAppointment(deps)),
  ...onEach(repairEvents, followRepair(deps)),
];
