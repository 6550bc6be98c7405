import type { RepairEventV1 } from '@riparo/shared/contracts/repairs.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { EndReservations } from '../part/reservation/end-reservations.js';
import { usesAtEnd } from '../part/reservation/repair-work.js';
import type { SyncDeviceStatus } from '../asset/sync-device-status.js';
import { toRepair } from '../replica/repair.js';
import type { Replicas } from '../replica/replicas.js';
import type { HistoryStore } from './history.store.js';
import { entriesOfRepairEvent } from './repair-entries.js';

interface Deps extends Pick<Replicas, 'repairs'> {
  readonly history: HistoryStore;
  readonly syncDeviceStatus: SyncDeviceStatus;
  readonly endReservations: EndReservations;
}

/** The status of the device and what may be reserved are decided by the copy of the repair, so the copy comes first. */
export const onRepair =
  ({ repairs, history, syncDeviceStatus, endReservations }: Deps): EventHandler<RepairEventV1> =>
  async (event) => {
    const { repair } = event.data;
    await repairs.in(event.tenantid).keep(repair.id, event.aggregateversion, toRepair(repair));
    await history.add(event.tenantid, entriesOfRepairEvent(event));
    await syncDeviceStatus(event.tenantid, repair.id);
    const { at, actorUserId } = event.data;
    const uses = usesAtEnd(repair);
    if (uses !== undefined) await endReservations(event.tenantid, { repairId: repair.id }, uses, { at: new Date(at), userId: actorUserId });
  };
