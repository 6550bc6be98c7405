import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import { customerEvents, partEvents, repairEvents, ticketEvents, userEvents } from '@riparo/shared/contracts/topology';
import { on, onEach, type Subscription } from '@riparo/shared/messaging/bus';
import { follow } from '@riparo/shared/messaging/follow';
import type { Dependencies } from './dependencies.js';

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
  ...onEach(
    repairEvents,
    follow(deps.repairs, ({ repair }) => repair),
  ),
  ...onEach(
    ticketEvents,
    follow(deps.tickets, ({ ticket }) => ticket),
  ),
  ...onEach(
    partEvents,
    follow(deps.parts, ({ part }) => part),
  ),
];
