import Joi from 'joi';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import type { MoveAsset } from '../holdings/move-asset.js';
import type { FindOwner } from '../owner.js';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { PhotoStore } from '../photo/photo.store.js';
import { editAsset, type Asset } from './asset.js';
import type { ShowAsset } from './show-asset.js';

export interface TransferAsset {
  readonly customerId: string;
  readonly locationId: string;
}
export const transferAssetBody = Joi.object<TransferAsset>({ customerId: uuid().required(), locationId: uuid().required() });

interface Deps {
  readonly assets: Repository<Asset>;
  readonly photos: PhotoStore;
  readonly moveAsset: MoveAsset;
  readonly findOwner: FindOwner;
  readonly showAsset: ShowAsset;
}

/**
 * Hands a device to another customer. Its plan stays behind; the new owner's own may take it in. The new owner sees
 * nothing of what happened to it before, and nothing that the earlier owner wrote about it or photographed. Its pictures are
 * loosened first, so that a crash leaves none behind; those of a refused transfer are taken up again by the sweep.
 */
export const transferAsset =
  ({ assets, photos, moveAsset, findOwner, showAsset }: Deps) =>
  async ({ caller, params: { id }, body, ifMatch, now }: Call<TransferAsset, unknown, { id: string }>): Promise<Reply> => {
    const customerId = await findOwner(caller, body.customerId);
    const { locationId } = body;
    const { tenantId } = caller;
    const before = await assets.in(tenantId).find(id);
    const pictures = before === undefined || before.customerId === customerId ? [] : (before.photos ?? []);
    for (const picture of pictures) await photos.loosen(tenantId, picture.id);
    const asset = await moveAsset({
      tenantId,
      assetId: id,
      ifMatch,
      now,
      placeOf: () => ({ customerId, locationId, plan: 'auto' }),
      decide: (before, servicePlanId) => editAsset(before, { customerId, locationId, servicePlanId: servicePlanId ?? null }, caller.userId),
    });
    for (const picture of pictures) await photos.remove(tenantId, picture.id);
    return ok(await showAsset(caller, asset, now));
  };
