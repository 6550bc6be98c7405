import Joi from 'joi';
import { ok } from '@riparo/shared/http/reply';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { Call, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import type { Repository } from '@riparo/shared/persistence/repository';
import { editAsset, type Asset } from '../asset/asset.js';
import { assetNotFound, assetRetired } from '../asset/asset.errors.js';
import { hasEnded } from '../asset/coverage.js';
import type { MoveAsset } from '../holdings/move-asset.js';
import { attachedInPart, servicePlanFull, servicePlanNotActive, servicePlanNotFound } from './service-plan.errors.js';
import type { ServicePlan } from './service-plan.js';
import { showServicePlan, type ShowServicePlanDeps } from './show-service-plan.js';

export interface AttachAssets {
  readonly assetIds: readonly string[];
}
export const attachAssetsBody = Joi.object<AttachAssets>({ assetIds: Joi.array().items(uuid()).min(1).max(100).unique().required() });

interface Deps extends ShowServicePlanDeps {
  readonly servicePlans: Repository<ServicePlan>;
  readonly moveAsset: MoveAsset;
}

/** All of them must be devices of the plan's customer. Those already in the plan stay there. */
const findNewcomers = async (assets: Repository<Asset>, tenantId: string, plan: ServicePlan, assetIds: readonly string[]) => {
  const found = await assets.in(tenantId).list({ id: { $in: assetIds }, customerId: plan.customerId }, { limit: assetIds.length });
  if (found.length < assetIds.length) throw assetNotFound();
  if (found.some(({ status }) => status === 'RETIRED')) throw assetRetired();
  return found.filter(({ servicePlanId }) => servicePlanId !== plan.id);
};

/**
 * Refused as a whole before anything is written. Each device is then admitted by itself, so a plan's limit holds even
 * against others who fill it meanwhile; who is overtaken like that is told which devices are in. Whoever is interrupted
 * repeats the request.
 */
export const attachAssets =
  (deps: Deps) =>
  async ({ caller, params: { id }, body, now }: Call<AttachAssets, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const plan = await deps.servicePlans.in(tenantId).find(id);
    if (plan === undefined) throw servicePlanNotFound();
    if (hasEnded(plan, await deps.tenantDay(tenantId, now))) throw servicePlanNotActive();
    const newcomers = await findNewcomers(deps.assets, tenantId, plan, body.assetIds);
    const covered = (await deps.findCoveredCounts(tenantId, [id])).get(id) ?? 0;
    if (plan.maxAssets !== undefined && covered + newcomers.length > plan.maxAssets) throw servicePlanFull(plan.maxAssets);
    const attach = (assetId: string): Promise<unknown> =>
      deps.moveAsset({
        tenantId,
        assetId,
        now,
        placeOf: ({ customerId, locationId }) => {
          if (customerId !== plan.customerId) throw assetNotFound();
          return { customerId, locationId, plan };
        },
        decide: (asset) => editAsset(asset, { servicePlanId: id }, userId),
      });
    const attached: string[] = [];
    for (const { id: assetId } of newcomers) {
      await attach(assetId).catch((error: unknown) => {
        throw isDomainError(error) ? attachedInPart(error, attached, assetId) : error;
      });
      attached.push(assetId);
    }
    return ok(await showServicePlan(deps, tenantId, plan, now));
  };
