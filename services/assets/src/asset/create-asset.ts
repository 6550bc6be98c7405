import type { Caller } from '@riparo/shared/contracts/caller';
import type { Repository } from '@riparo/shared/persistence/repository';
import { refuseTakenSerial } from '../holdings/move-asset.js';
import type { PlaceAsset } from '../holdings/place-asset.js';
import { assetRegistered, newAsset, type Asset, type NewAsset } from './asset.js';

/** Registers a device at its location, into the plan that takes new devices by itself. */
export type CreateAsset = (by: Pick<Caller, 'tenantId' | 'userId'>, device: NewAsset, now: Date) => Promise<Asset>;

export const createCreateAsset =
  (assets: Repository<Asset>, placeAsset: PlaceAsset): CreateAsset =>
  ({ tenantId, userId }, device, now) => {
    const draft = newAsset(device);
    const { id: assetId, customerId, locationId } = draft;
    return placeAsset({ tenantId, customerId, assetId, assetVersion: 0, locationId, plan: 'auto', now }, (servicePlanId) =>
      assets
        .in(tenantId)
        .insert({ ...draft, servicePlanId }, assetRegistered(userId))
        .catch(refuseTakenSerial),
    );
  };
