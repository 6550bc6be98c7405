import Joi from 'joi';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import type { FindOwner } from '../owner.js';
import type { AssetFields } from './asset.js';
import { newAssetFields } from './asset.schema.js';
import type { CreateAsset } from './create-asset.js';
import type { ShowAsset } from './show-asset.js';

export interface RegisterAsset extends AssetFields {
  /** Staff only. */
  readonly customerId?: string;
}
export const registerAssetBody = Joi.object<RegisterAsset>({ ...newAssetFields, customerId: uuid() });

interface Deps {
  readonly createAsset: CreateAsset;
  readonly findOwner: FindOwner;
  readonly showAsset: ShowAsset;
}

export const registerAsset =
  ({ createAsset, findOwner, showAsset }: Deps) =>
  async ({ caller, body, ids, now }: Call<RegisterAsset>): Promise<Reply> => {
    const { customerId: named, ...fields } = body;
    const customerId = await findOwner(caller, named);
    const asset = await createAsset(caller, { ...fields, id: ids.next(), customerId }, now);
    return created(`/assets/${asset.id}`, await showAsset(caller, asset, now));
  };
