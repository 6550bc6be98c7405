import type { AppointmentEventV1 } from '@riparo/shared/contracts/appointments.events';
import type { AssetEventV1 } from '@riparo/shared/contracts/assets.events';
import type { RepairEventV1 } from '@riparo/shared/contracts/repairs.events';
import type { TicketEventV1 } from '@riparo/shared/contracts/tickets.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { SyncDeviceStatus } from '../asset/sync-device-status.js';
import { entriesOfAppointmentEvent } from '../history/appointment-entries.js';
import { entriesOfAssetEvent } from '../history/history.js';
import type { HistoryStore } from '../history/history.store.js';
import { entriesOfRepairEvent } from '../history/repair-entries.js';
import { entriesOfTicketEvent } from '../history/ticket-entries.js';
import type { Replicas } from './replicas.js';
import { toRepair } from './repair.js';
import { toTicket } from './ticket.js';
import { toBooking } from './booking.js';

export interface FollowDeps extends Replicas {
  readonly history: HistoryStore;
  readonly syncDeviceStatus: SyncDeviceStatus;
}

/** Figures of devices are counted from the replica, so keeping it is all they need. */
export const followTicket =
  ({ tickets, history }: FollowDeps): EventHandler<TicketEventV1> =>
  async (event) => {
    const { ticket } = event.data;
    await tickets.in(event.tenantid).keep(ticket.id, event.aggregateversion, toTicket(ticket));
    await history.add(event.tenantid, entriesOfTicketEvent(event));
  };

export const followAppointment =
  ({ bookings, history }: FollowDeps): EventHandler<AppointmentEventV1> =>
  async (event) => {
    const { appointment } = event.data;
    await bookings.in(event.tenantid).keep(appointment.id, event.aggregateversion, toBooking(appointment));
    await history.add(event.tenantid, entriesOfAppointmentEvent(event));
  };

export const followRepair =
  ({ repairs, history, syncDeviceStatus }: FollowDeps): EventHandler<RepairEventV1> =>
  async (event) => {
    const { repair } = event.data;
    await repairs.in(event.tenantid).keep(repair.id, event.aggregateversion, toRepair(repair));
    await history.add(event.tenantid, entriesOfRepairEvent(event));
    await syncDeviceStatus(event.tenantid, repair.id);
  };

export const recordAsset =
  ({ history }: Pick<FollowDeps, 'history'>): EventHandler<AssetEventV1> =>
  (event) =>
    history.add(event.tenantid, entriesOfAssetEvent(event));
