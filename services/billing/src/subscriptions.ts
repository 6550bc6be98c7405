import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import {
  customerEvents,
  partEvents,
  repairAftermathEvents,
  repairEvents,
  repairPaymentEvents,
  ticketEvents,
  userEvents,
} from '@riparo/shared/contracts/topology';
import { on, onEach, type Subscription } from '@riparo/shared/messaging/bus';
import { follow } from '@riparo/shared/messaging/follow';
import type { Dependencies } from './dependencies.js';
import { onRepair, onTicket } from './work/on-work.js';

/** Every event this service consumes. */
export const subscriptions = (deps: Dependencies): readonly Subscription[] => {
  const work = { ...deps.replicas, quotes: deps.quotes, clock: deps.clock };
  return [
    ...onEach(
      userEvents,
      follow(deps.replicas.users, ({ user }) => user),
    ),
    ...onEach(
      customerEvents,
      follow(deps.replicas.customers, ({ customer }) => customer),
    ),
    on(
      SettingsChanged,
      follow(deps.replicas.settings, ({ settings }) => settings),
    ),
    ...onEach([...repairEvents, ...repairPaymentEvents, ...repairAftermathEvents], onRepair(work)),
    ...onEach(ticketEvents, onTicket(work)),
    ...onEach(
      partEvents,
      follow(deps.replicas.parts, ({ part }) => part),
    ),
  ];
};
