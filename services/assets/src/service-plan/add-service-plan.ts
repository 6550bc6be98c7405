import Joi from 'joi';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { FindOwner } from '../owner.js';
import { newServicePlan, servicePlanCreated, type ServicePlan, type ServicePlanFields } from './service-plan.js';
import { newServicePlanFields } from './service-plan.schema.js';
import { showServicePlan, type ShowServicePlanDeps } from './show-service-plan.js';
import type { WorkingDay } from './working-day.js';

export interface AddServicePlan extends ServicePlanFields {
  readonly customerId: string;
}
export const addServicePlanBody = Joi.object<AddServicePlan>({ ...newServicePlanFields, customerId: uuid().required() });

interface Deps extends ShowServicePlanDeps {
  readonly servicePlans: Repository<ServicePlan>;
  readonly findOwner: FindOwner;
  readonly workingDay: WorkingDay;
}

export const addServicePlan =
  (deps: Deps) =>
  async ({ caller, body, ids, now }: Call<AddServicePlan>): Promise<Reply> => {
    const { tenantId } = caller;
    const customerId = await deps.findOwner(caller, body.customerId);
    const [today, workingDay] = await Promise.all([deps.tenantDay(tenantId, now), deps.workingDay(tenantId)]);
    const draft = newServicePlan({ ...body, id: ids.next(), customerId }, { today, workingDay });
    const plan = await deps.servicePlans.in(tenantId).insert(draft, servicePlanCreated);
    return created(`/service-plans/${plan.id}`, await showServicePlan(deps, tenantId, plan, now));
  };
