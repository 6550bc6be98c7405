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
import { on, onEach, type EventHandler, type Subscription } from '@riparo/shared/messaging/bus';
import { follow } from '@riparo/shared/messaging/follow';
import type { RepairEventV1 } from '@riparo/shared/contracts/repairs.events';
import type { Dependencies } from './dependencies.js';
import { endsWithDocument, onCollected } from './invoice/issuing/on-collected.js';
import { onRepair, onTicket } from './work/on-work.js';

/** Every event this service consumes. */
export const subscriptions = (deps: Dependencies): readonly Subscription[] => {
  const work = { ...deps.replicas, quotes: deps.quotes, clock: deps.clock };
  const onWork = onRepair(work);
  /** Quotes follow the work, documents the money; with the device a document is handed over, or issued when it is given up. */
  const onRepairEvent: EventHandler<RepairEventV1> = async (event, delivery) => {
    await onWork(event, delivery);
    await deps.followInvoice(event.tenantid, event.subject);
    if (endsWithDocument(event)) await issueAtHandOver(event, delivery);
  };
  const issueAtHandOver = onCollected(deps);
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
    ...onEach([...repairEvents, ...repairPaymentEvents, ...repairAftermathEvents], onRepairEvent),
    ...onEach(ticketEvents, onTicket(work)),
    ...onEach(
      partEvents,
      follow(deps.replicas.parts, ({ part }) => part),
    ),
  ];
};
