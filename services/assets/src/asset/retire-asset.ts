import { noContent } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { mayNotSee } from '../owner.js';
import { retireAsset as retire, type Asset } from './asset.js';
import { assetNotFound } from './asset.errors.js';

interface Deps {
  readonly assets: Repository<Asset>;
}

/** DELETE retires: the device stays readable with its history. */
export const retireAsset =
  ({ assets }: Deps) =>
  async ({ caller, params: { id }, ifMatch }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const decide = (asset: Asset) => {
      if (mayNotSee(caller, asset.customerId)) throw assetNotFound();
      return retire(asset, caller.userId);
    };
    // Asked before the version, so that a foreign device does not tell its version.
    const seen = await assets.in(caller.tenantId).find(id);
    if (seen === undefined || mayNotSee(caller, seen.customerId)) throw assetNotFound();
    await assets.in(caller.tenantId).update(id, decide, { ifMatch });
    return noContent();
  };
