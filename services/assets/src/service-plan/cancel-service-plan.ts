import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { servicePlanNotFound } from './service-plan.errors.js';
import { cancelServicePlan as cancel, type ServicePlan } from './service-plan.js';
import { showServicePlan, type ShowServicePlanDeps } from './show-service-plan.js';

interface Deps extends ShowServicePlanDeps {
  readonly servicePlans: Repository<ServicePlan>;
}

export const cancelServicePlan =
  (deps: Deps) =>
  async ({ caller, params: { id }, ifMatch, now }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const plan = await deps.servicePlans.in(caller.tenantId).update(id, cancel, { ifMatch });
    if (plan === undefined) throw servicePlanNotFound();
    return ok(await showServicePlan(deps, caller.tenantId, plan, now));
  };
