import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import { appointmentEvents, assetEvents, customerEvents, repairEvents, ticketEvents, userEvents } from '@riparo/shared/contracts/topology';
import { on, onEach, type Subscription } from '@riparo/shared/messaging/bus';
import type { SyncDeviceStatus } from './asset/sync-device-status.js';
import type { HistoryStore } from './history/history.store.js';
import {
  followAppointment,
  followCustomer,
  followRepair,
  followSettings,
  followTicket,
  followUser,
  recordAsset,
} from './replica/follow.js';
import type { Replicas } from './replica/replicas.js';

/** Every event this service consumes. */
export const createSubscriptions = (
  replicas: Replicas,
  history: HistoryStore,
  syncDeviceStatus: SyncDeviceStatus,
): readonly Subscription[] => [
  ...onEach(userEvents, followUser(replicas)),
  ...onEach(customerEvents, followCustomer(replicas)),
  on(SettingsChanged, followSettings(replicas)),
  ...onEach(assetEvents, recordAsset(history)),
  ...onEach(ticketEvents, followTicket(replicas, history)),
  ...onEach(appointmentEvents, followAppointment(replicas, history)),
  ...onEach(repairEvents, followRepair(replicas, history, syncDeviceStatus)),
];
