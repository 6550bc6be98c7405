import { hasEnded } from '../asset/coverage.js';
import type { ServicePlan } from './service-plan.js';

/** The status as of today, which the daily job may not have written yet. */
const statusOf = (plan: ServicePlan, today: string) => (plan.status === 'ACTIVE' && hasEnded(plan, today) ? 'EXPIRED' : plan.status);

export const viewServicePlan = (
  { noticesGiven: _n, toldWorkingDays: _t, deletedAt: _d, ...plan }: ServicePlan,
  today: string,
  coveredAssetCount: number,
) => ({
  ...plan,
  status: statusOf(plan as ServicePlan, today),
  coveredAssetCount,
});

/** Of a device's plan, what somebody needs who looks at the device. */
export const viewPlanOfAsset = (plan: ServicePlan, today: string) => ({
  id: plan.id,
  name: plan.name,
  planType: plan.planType,
  coverageLevel: plan.coverageLevel,
  startDate: plan.startDate,
  endDate: plan.endDate,
  status: statusOf(plan, today),
  sla: plan.sla,
});
