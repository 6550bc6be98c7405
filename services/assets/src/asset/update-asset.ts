import Joi from 'joi';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { MoveAsset } from '../holdings/move-asset.js';
import { mayNotSee } from '../owner.js';
import { editAsset, retireAsset, type Asset, type AssetEdit } from './asset.js';
import { assetNotFound, staffOnly } from './asset.errors.js';
import { editedAssetFields } from './asset.schema.js';
import type { ShowAsset } from './show-asset.js';

export type UpdateAsset = Omit<AssetEdit, 'servicePlanId' | 'customerId'>;
export const updateAssetBody = Joi.object<UpdateAsset>(editedAssetFields).min(1);

interface Deps {
  readonly moveAsset: MoveAsset;
  readonly showAsset: ShowAsset;
}

const comesBack = (asset: Asset, { status }: UpdateAsset): boolean =>
  asset.status === 'RETIRED' && status !== undefined && status !== 'RETIRED';

export const updateAsset =
  ({ moveAsset, showAsset }: Deps) =>
  async ({ caller, params: { id }, body, ifMatch, now }: Call<UpdateAsset, unknown, { id: string }>): Promise<Reply> => {
    if (body.status !== undefined && caller.customerId !== undefined) throw staffOnly('status');
    const asset = await moveAsset({
      tenantId: caller.tenantId,
      assetId: id,
      ifMatch,
      now,
      placeOf: (before) => {
        if (mayNotSee(caller, before.customerId)) throw assetNotFound();
        const locationId = body.locationId ?? before.locationId;
        return locationId !== before.locationId || comesBack(before, body) ? { customerId: before.customerId, locationId } : undefined;
      },
      decide: (before) => (body.status === 'RETIRED' ? retireAsset(before, caller.userId) : editAsset(before, body, caller.userId)),
    });
    return ok(await showAsset(caller, asset, now));
  };
