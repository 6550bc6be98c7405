import type { PublishedServicePlan } from '@riparo/shared/contracts/assets.events';
import { compact } from '@riparo/shared/json/compact';
import { DateTime } from 'luxon';
import type { SlaPolicy } from './sla.js';
import type { TicketDeps } from '../dependencies.js';

/** The SLA policy of a plan today; `undefined` when the plan covers nothing today or promises no times. */
export const policyOfPlan = (plan: PublishedServicePlan, today: string): SlaPolicy | undefined => {
  const { id, status, startDate, endDate, sla } = plan;
  if (sla === undefined || status !== 'ACTIVE' || today < startDate || today > endDate) return undefined;
  const { responseMinutes, resolutionMinutes, responseWorkingDays, resolutionWorkingDays, supportHours } = sla;
  const promised = { responseMinutes, resolutionMinutes, responseWorkingDays, resolutionWorkingDays };
  return compact({ source: 'PLAN' as const, planId: id, ...promised, alwaysOpen: supportHours === '24/7' });
};

/** The SLA policy of the plan that covers a device; `undefined`: the priority's default holds. */
export const planPolicyOf = async (
  { replicas, rulesOf }: Pick<TicketDeps, 'replicas' | 'rulesOf'>,
  tenantId: string,
  planId: string | undefined,
  now: Date,
): Promise<SlaPolicy | undefined> => {
  const plan = planId === undefined ? undefined : await replicas.plans.find(tenantId, planId);
  if (plan === undefined) return undefined;
  const { timeZone } = await rulesOf(tenantId);
  return policyOfPlan(plan, DateTime.fromJSDate(now, { zone: timeZone }).toFormat('yyyy-MM-dd'));
};
