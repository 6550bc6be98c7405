import Joi from 'joi';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { servicePlanNotFound } from './service-plan.errors.js';
import { editServicePlan, type ServicePlan, type ServicePlanEdit } from './service-plan.js';
import { editedServicePlanFields } from './service-plan.schema.js';
import { showServicePlan, type ShowServicePlanDeps } from './show-service-plan.js';
import type { WorkingDay } from './working-day.js';

export const updateServicePlanBody = Joi.object<ServicePlanEdit>(editedServicePlanFields).min(1);

interface Deps extends ShowServicePlanDeps {
  readonly servicePlans: Repository<ServicePlan>;
  readonly workingDay: WorkingDay;
}

/** A smaller `maxAssets` puts no device out; it only lets none in any more. */
export const updateServicePlan =
  (deps: Deps) =>
  async ({ caller, params: { id }, body, ifMatch, now }: Call<ServicePlanEdit, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId } = caller;
    const [today, workingDay] = await Promise.all([deps.tenantDay(tenantId, now), deps.workingDay(tenantId)]);
    const decide = (before: ServicePlan) => editServicePlan(before, body, { today, workingDay });
    const plan = await deps.servicePlans.in(tenantId).update(id, decide, { ifMatch });
    if (plan === undefined) throw servicePlanNotFound();
    return ok(await showServicePlan(deps, tenantId, plan, now));
  };
