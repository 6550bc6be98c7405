import type { ServicePlanEventV1 } from '@riparo/shared/contracts/assets.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { UpkeepDeps } from './dependencies.js';

/** A plan covers any number of devices, so its tickets are recounted in steps in the background. */
export const onServicePlan =
  ({ replicas, work }: UpkeepDeps): EventHandler<ServicePlanEventV1> =>
  async ({ tenantid, aggregateversion, data: { servicePlan } }) => {
    await replicas.plans.in(tenantid).keep(servicePlan.id, aggregateversion, servicePlan);
    await work.ask(tenantid, 'RECOUNT_DUE_TIMES_OF_PLAN', servicePlan.id);
    work.wake();
  };
