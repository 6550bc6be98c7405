import { noContent } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { editAsset, type Asset } from '../asset/asset.js';
import { assetNotFound } from '../asset/asset.errors.js';
import { servicePlanNotFound } from './service-plan.errors.js';
import type { ServicePlan } from './service-plan.js';

interface Deps {
  readonly servicePlans: Repository<ServicePlan>;
  readonly assets: Repository<Asset>;
}

export const detachAsset =
  ({ servicePlans, assets }: Deps) =>
  async ({ caller, params, ifMatch }: Call<unknown, unknown, { id: string; assetId: string }>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    if ((await servicePlans.in(tenantId).find(params.id)) === undefined) throw servicePlanNotFound();
    const takeOut = (asset: Asset) => {
      if (asset.servicePlanId !== params.id) throw assetNotFound();
      return editAsset(asset, { servicePlanId: null }, userId);
    };
    if ((await assets.in(tenantId).update(params.assetId, takeOut, { ifMatch })) === undefined) throw assetNotFound();
    return noContent();
  };
