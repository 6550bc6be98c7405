import Joi from 'joi';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import type { Repository } from '@riparo/shared/persistence/repository';
import { refuseTakenSerial } from '../estate/move-asset.js';
import type { PlaceAsset } from '../estate/place-asset.js';
import type { FindOwner } from '../owner.js';
import { assetRegistered, newAsset, type Asset, type AssetFields } from './asset.js';
import { newAssetFields } from './asset.schema.js';
import type { ShowAsset } from './show-asset.js';

export interface RegisterAsset extends AssetFields {
  /** Staff only. */
  readonly customerId?: string;
}
export const registerAssetBody = Joi.object<RegisterAsset>({ ...newAssetFields, customerId: uuid() });

interface Deps {
  readonly assets: Repository<Asset>;
  readonly placeAsset: PlaceAsset;
  readonly findOwner: FindOwner;
  readonly showAsset: ShowAsset;
}

export const registerAsset =
  ({ assets, placeAsset, findOwner, showAsset }: Deps) =>
  async ({ caller, body, ids, now }: Call<RegisterAsset>): Promise<Reply> => {
    const { customerId: named, ...fields } = body;
    const customerId = await findOwner(caller, named);
    const id = ids.next();
    const draft = newAsset({ ...fields, id, customerId });
    const { tenantId } = caller;
    const asset = await placeAsset(
      { tenantId, customerId, assetId: id, assetVersion: 0, locationId: draft.locationId, plan: 'auto', now },
      (servicePlanId) =>
        assets
          .in(tenantId)
          .insert({ ...draft, servicePlanId }, assetRegistered(caller.userId))
          .catch(refuseTakenSerial),
    );
    return created(`/assets/${id}`, await showAsset(caller, asset, now));
  };
