import Joi from 'joi';
import type { Caller } from '@riparo/shared/contracts/caller';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { PlaceAsset } from '../estate/place-asset.js';
import { mayNotSee } from '../owner.js';
import { editAsset, retireAsset, type Asset, type AssetEdit } from './asset.js';
import { assetNotFound, staffOnly } from './asset.errors.js';
import { editedAssetFields } from './asset.schema.js';
import { refuseTakenSerial } from './register-asset.js';
import type { ShowAsset } from './show-asset.js';

export type UpdateAsset = Omit<AssetEdit, 'servicePlanId' | 'customerId'>;
export const updateAssetBody = Joi.object<UpdateAsset>(editedAssetFields).min(1);

interface Deps {
  readonly assets: Repository<Asset>;
  readonly placeAsset: PlaceAsset;
  readonly showAsset: ShowAsset;
}
type UpdateCall = Call<UpdateAsset, unknown, { id: string }>;

const MAX_LOST_RACES = 20;

const decide = (asset: Asset, { body, caller }: UpdateCall) =>
  body.status === 'RETIRED' ? retireAsset(asset, caller.userId) : editAsset(asset, body, caller.userId);

const needsPlace = (asset: Asset, { locationId, status }: UpdateAsset): boolean =>
  (locationId ?? asset.locationId) !== asset.locationId || (asset.status === 'RETIRED' && status !== undefined && status !== 'RETIRED');

const findVisible = async (assets: Repository<Asset>, caller: Caller, id: string): Promise<Asset> => {
  const asset = await assets.in(caller.tenantId).find(id);
  if (asset === undefined || mayNotSee(caller, asset.customerId)) throw assetNotFound();
  return asset;
};

const wasOvertaken = (error: unknown): boolean => isDomainError(error) && error.code === 'STALE_VERSION';

export const updateAsset = ({ assets, placeAsset, showAsset }: Deps) => {
  const write = async (call: UpdateCall, ifMatch: number | undefined): Promise<Asset> => {
    const { caller, params } = call;
    const saved = await assets
      .in(caller.tenantId)
      .update(params.id, (asset) => decide(asset, call), { ifMatch })
      .catch(refuseTakenSerial);
    if (saved === undefined) throw assetNotFound();
    return saved;
  };

  const apply = async (call: UpdateCall, attempt = 1): Promise<Asset> => {
    const { caller, params, body, ifMatch, now } = call;
    const asset = await findVisible(assets, caller, params.id);
    if (!needsPlace(asset, body)) return write(call, ifMatch);
    const { id, version, customerId } = asset;
    const place = {
      tenantId: caller.tenantId,
      customerId,
      assetId: id,
      assetVersion: version,
      locationId: body.locationId ?? asset.locationId,
      now,
    };
    // The estate admits one version of the device; if that was overtaken, and the caller did not insist on it, once more.
    return placeAsset(place, () => write(call, ifMatch ?? version)).catch((error: unknown) => {
      if (!wasOvertaken(error) || ifMatch !== undefined || attempt >= MAX_LOST_RACES) throw error;
      return apply(call, attempt + 1);
    });
  };

  return async (call: UpdateCall): Promise<Reply> => {
    if (call.body.status !== undefined && call.caller.customerId !== undefined) throw staffOnly('status');
    return ok(await showAsset(call.caller, await apply(call), call.now));
  };
};
