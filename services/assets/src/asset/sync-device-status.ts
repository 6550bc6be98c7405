import type { Replica } from '@riparo/shared/persistence/replica';
import type { Repository } from '@riparo/shared/persistence/repository';
import { isUnderWay, type Repair } from '../replica/repair.js';
import { followRepair, type Asset } from './asset.js';

/** Brings the status of a device in line with what is known of one of its repairs. */
export type SyncDeviceStatus = (tenantId: string, repairId: string) => Promise<void>;

interface Deps {
  readonly assets: Repository<Asset>;
  readonly repairs: Replica<Repair>;
}

/**
 * Decides by the copy of the repair as it is now, not by the event that came, and looks again afterwards: another
 * instance may have heard of something newer in the meantime, and whoever writes last must have seen the newest.
 */
export const createSyncDeviceStatus =
  ({ assets, repairs }: Deps): SyncDeviceStatus =>
  async (tenantId, repairId) => {
    let synced: number | undefined;
    for (;;) {
      const repair = await repairs.in(tenantId).find(repairId);
      if (repair?.assetId === undefined || repair.version === synced) return;
      // Handed to somebody else, it is no longer in the repair of its earlier owner.
      await assets
        .in(tenantId)
        .update(repair.assetId, (asset) => followRepair(asset, repairId, isUnderWay(repair) && asset.customerId === repair.customerId));
      synced = repair.version;
    }
  };
