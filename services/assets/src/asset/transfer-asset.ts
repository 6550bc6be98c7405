import Joi from 'joi';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import type { MoveAsset } from '../holdings/move-asset.js';
import type { FindOwner } from '../owner.js';
import { editAsset } from './asset.js';
import type { ShowAsset } from './show-asset.js';

export interface TransferAsset {
  readonly customerId: string;
  readonly locationId: string;
}
export const transferAssetBody = Joi.object<TransferAsset>({ customerId: uuid().required(), locationId: uuid().required() });

interface Deps {
  readonly moveAsset: MoveAsset;
  readonly findOwner: FindOwner;
  readonly showAsset: ShowAsset;
}

/**
 * Hands a device to another customer. Its plan stays behind; the new owner's own may take it in. The new owner sees
 * nothing of what happened to it before.
 */
export const transferAsset =
  ({ moveAsset, findOwner, showAsset }: Deps) =>
  async ({ caller, params: { id }, body, ifMatch, now }: Call<TransferAsset, unknown, { id: string }>): Promise<Reply> => {
    const customerId = await findOwner(caller, body.customerId);
    const { locationId } = body;
    const asset = await moveAsset({
      tenantId: caller.tenantId,
      assetId: id,
      ifMatch,
      now,
      placeOf: () => ({ customerId, locationId, plan: 'auto' }),
      decide: (before, servicePlanId) => editAsset(before, { customerId, locationId, servicePlanId: servicePlanId ?? null }, caller.userId),
    });
    return ok(await showAsset(caller, asset, now));
  };
