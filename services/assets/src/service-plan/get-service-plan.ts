import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { mayNotSee } from '../owner.js';
import { servicePlanNotFound } from './service-plan.errors.js';
import type { ServicePlan } from './service-plan.js';
import { showServicePlan, type ShowServicePlanDeps } from './show-service-plan.js';

interface Deps extends ShowServicePlanDeps {
  readonly servicePlans: Repository<ServicePlan>;
}

export const getServicePlan =
  (deps: Deps) =>
  async ({ caller, params: { id }, now }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const plan = await deps.servicePlans.in(caller.tenantId).find(id);
    if (plan === undefined || mayNotSee(caller, plan.customerId)) throw servicePlanNotFound();
    return ok(await showServicePlan(deps, caller.tenantId, plan, now));
  };
