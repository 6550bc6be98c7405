import type { RepairEventV1 } from '@riparo/shared/contracts/repairs.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { SyncDeviceStatus } from '../asset/sync-device-status.js';
import { toRepair } from '../replica/repair.js';
import type { Replicas } from '../replica/replicas.js';
import type { HistoryStore } from './history.store.js';
import { entriesOfRepairEvent } from './repair-entries.js';

interface Deps extends Pick<Replicas, 'repairs'> {
  readonly history: HistoryStore;
  readonly syncDeviceStatus: SyncDeviceStatus;
}

/** The status of the device is decided by the copy of the repair, so the copy comes first. */
export const onRepair =
  ({ repairs, history, syncDeviceStatus }: Deps): EventHandler<RepairEventV1> =>
  async (event) => {
    const { repair } = event.data;
    await repairs.in(event.tenantid).keep(repair.id, event.aggregateversion, toRepair(repair));
    await history.add(event.tenantid, entriesOfRepairEvent(event));
    await syncDeviceStatus(event.tenantid, repair.id);
  };
