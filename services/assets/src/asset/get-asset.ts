import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { mayNotSee } from '../owner.js';
import type { Asset } from './asset.js';
import { assetNotFound } from './asset.errors.js';
import type { ShowAsset } from './show-asset.js';

interface Deps {
  readonly assets: Repository<Asset>;
  readonly showAsset: ShowAsset;
}

export const getAsset =
  ({ assets, showAsset }: Deps) =>
  async ({ caller, params: { id }, now }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const asset = await assets.in(caller.tenantId).find(id);
    if (asset === undefined || mayNotSee(caller, asset.customerId)) throw assetNotFound();
    return ok(await showAsset(caller, asset, now));
  };
