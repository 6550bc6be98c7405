import type { Repository } from '@riparo/shared/persistence/repository';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import { DAY_MS } from '@riparo/shared/time/units';
import type { TenantDay } from '../tenant-day.js';
import { EXPIRY_NOTICES, reviewServicePlan, tellWorkingDays, type ServicePlan } from './service-plan.js';

export interface ReviewServicePlansDeps {
  readonly plansByEnd: AcrossTenants;
  readonly servicePlans: Repository<ServicePlan>;
  readonly tenantDay: TenantDay;
  readonly clock: Clock;
}

/** Far enough for the earliest notice in the time zone that is furthest ahead. */
const AHEAD_DAYS = Math.max(...EXPIRY_NOTICES) + 2;
const BATCH = 10_000;

/**
 * The job that ends plans past their last day and announces their end; what was announced is kept in the plan itself. It tells
 * plans of earlier versions once more, so that their days become working days.
 */
export const createReviewServicePlans =
  ({ plansByEnd, servicePlans, tenantDay, clock }: ReviewServicePlansDeps) =>
  async (): Promise<void> => {
    const now = clock.now();
    const horizon = new Date(now.getTime() + AHEAD_DAYS * DAY_MS).toISOString().slice(0, 10);
    for (const { tenantId, id } of await plansByEnd.find({ status: 'ACTIVE', endDate: { $lte: horizon } }, BATCH)) {
      const today = await tenantDay(tenantId, now);
      await servicePlans.in(tenantId).update(id, (plan) => reviewServicePlan(plan, today));
    }
    for (const { tenantId, id } of await plansByEnd.find({ status: 'ACTIVE', toldWorkingDays: { $exists: false } }, BATCH))
      await servicePlans.in(tenantId).update(id, tellWorkingDays);
  };
