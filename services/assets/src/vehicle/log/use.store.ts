import type { Document, Filter } from 'mongodb';
import type { Platform } from '@riparo/shared/composition/platform';
import { collectionOf, readPage } from '@riparo/shared/persistence/collection';
import { createReplica } from '@riparo/shared/persistence/replica';
import type { Page } from '@riparo/shared/persistence/repository';
import type { VehicleUse } from './vehicle-use.js';

export interface UseQuery {
  readonly vehicleId: string;
  readonly technicianId?: string | undefined;
  readonly page: number;
  readonly pageSize: number;
}

/** The logs of all vehicles: one entry for each visit, made anew from the copies of its appointment and its reports. */
export interface UseStore {
  /** What a visit is now, unless somebody has seen newer copies of it; `undefined` where nobody drove. */
  put(tenantId: string, visitId: string, version: number, use: VehicleUse | undefined): Promise<void>;
  /** The newest first. */
  page(tenantId: string, query: UseQuery): Promise<Page<VehicleUse & { readonly id: string }>>;
  ensureIndexes(): Promise<void>;
}

const COLLECTION = 'vehicle_uses';

interface StoredUse extends Document, VehicleUse {
  readonly _id: string;
  readonly tenantId: string;
}

export const createUseStore = ({ connection }: Platform): UseStore => {
  const collection = collectionOf<StoredUse>(connection, COLLECTION);
  const copies = createReplica<Partial<VehicleUse>>({
    connection,
    collection: COLLECTION,
    indexes: [{ fields: { vehicleId: 1, at: 1, id: 1 } }, { fields: { vehicleId: 1, technicianId: 1, at: 1, id: 1 } }],
  });
  return {
    // That nobody drove is written too, or whoever has seen less could still write that somebody did.
    put: (tenantId, visitId, version, use) => copies.in(tenantId).restore(visitId, version, use ?? {}),
    page: (tenantId, { vehicleId, technicianId, page, pageSize }) => {
      const filter: Filter<StoredUse> = { tenantId, vehicleId, ...(technicianId === undefined ? {} : { technicianId }) };
      return readPage(collection, { filter, sort: { at: -1, _id: -1 }, page, pageSize, hidden: ['version'] });
    },
    ensureIndexes: () => copies.ensureIndexes(),
  };
};
