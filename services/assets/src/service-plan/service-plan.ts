import { isDeepStrictEqual } from 'node:util';
import {
  ServicePlanCancelled,
  ServicePlanCreated,
  ServicePlanExpired,
  ServicePlanExpiring,
  ServicePlanUpdated,
  type PublishedServicePlan,
  type PublishedServicePlanSla,
} from '@riparo/shared/contracts/assets.events';
import type { CoverageLevel, ServicePlanStatus, ServicePlanType, SupportHours } from '@riparo/shared/contracts/enums';
import { compact } from '@riparo/shared/json/compact';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { daysBetween, hasEnded } from '../asset/coverage.js';
import { endsBeforeItStarts, resolvesBeforeItResponds, servicePlanCancelled } from './service-plan.errors.js';

export interface Sla {
  /** `4 hours`, `30 minutes`, `2 days`. In business hours, days are working days of the calendar. */
  readonly responseTime: string;
  readonly resolutionTime: string;
  readonly supportHours: SupportHours;
}

export interface ServicePlanFields {
  readonly name: string;
  readonly planType: ServicePlanType;
  readonly coverageLevel: CoverageLevel;
  /** `YYYY-MM-DD`, the first day covered. */
  readonly startDate: string;
  /** `YYYY-MM-DD`, the last day covered. */
  readonly endDate: string;
  /** Minor units. */
  readonly monthlyPrice?: { readonly amount: number; readonly currency: string };
  /** What an hour of work costs that the plan does not bear, without VAT; missing: what the settings say. */
  readonly labourPerHour?: { readonly amount: number; readonly currency: string };
  readonly termsSummary: string;
  readonly sla?: Sla;
  readonly autoCoverNewAssets: boolean;
  readonly maxAssets?: number;
}

export interface ServicePlan extends Entity, ServicePlanFields {
  readonly customerId: string;
  /** As announced; a plan past its last day covers nothing even before the daily job has said so. */
  readonly status: ServicePlanStatus;
  /** Of `EXPIRY_NOTICES`, those that were announced for the present `endDate`. */
  readonly noticesGiven: readonly number[];
  /** Its events have told days in business hours as working days; missing in plans of earlier versions, which told minutes. */
  readonly toldWorkingDays?: true;
}

/** Days ahead at which the end of a plan is announced. */
export const EXPIRY_NOTICES = [30, 7] as const;

const FULL_DAY = 1440;
export const DURATION = /^([1-9]\d{0,4}) (minute|hour|day)s?$/;

const minutesOf = (duration: string, day = FULL_DAY): number => {
  const [, count, unit] = DURATION.exec(duration) ?? [];
  return Number(count) * (unit === 'day' ? day : unit === 'hour' ? 60 : 1);
};

/** Days that are promised in business hours. How long they are is for the calendar to say. */
const workingDaysOf = (duration: string, supportHours: SupportHours): number | undefined => {
  const [, count, unit] = DURATION.exec(duration) ?? [];
  return unit === 'day' && supportHours === 'Business hours' ? Number(count) : undefined;
};

const publishSla = ({ responseTime, resolutionTime, supportHours }: Sla): PublishedServicePlanSla =>
  compact({
    responseMinutes: minutesOf(responseTime),
    resolutionMinutes: minutesOf(resolutionTime),
    responseWorkingDays: workingDaysOf(responseTime, supportHours),
    resolutionWorkingDays: workingDaysOf(resolutionTime, supportHours),
    supportHours,
  });

export const publishServicePlan = (plan: ServicePlan): PublishedServicePlan => ({
  id: plan.id,
  customerId: plan.customerId,
  name: plan.name,
  planType: plan.planType,
  coverageLevel: plan.coverageLevel,
  startDate: plan.startDate,
  endDate: plan.endDate,
  status: plan.status,
  ...(plan.labourPerHour === undefined ? {} : { labourPerHour: plan.labourPerHour }),
  ...(plan.sla === undefined ? {} : { sla: publishSla(plan.sla) }),
});

const checked = <T extends ServicePlanFields>(plan: T): T => {
  if (plan.endDate < plan.startDate) throw endsBeforeItStarts();
  return plan;
};

/**
 * Refuses times of which the resolution would be due before the response. Days in business hours are as long as the
 * shortest working day: with nine hours, 1 day is more than 8 hours and less than 10.
 */
const refuseSla = ({ sla }: { readonly sla?: Sla | null }, workingDay: number): void => {
  if (sla === undefined || sla === null) return;
  const day = sla.supportHours === 'Business hours' ? workingDay : FULL_DAY;
  if (minutesOf(sla.resolutionTime, day) < minutesOf(sla.responseTime, day)) throw resolvesBeforeItResponds();
};

const statusOn = (endDate: string, today: string): ServicePlanStatus => (endDate < today ? 'EXPIRED' : 'ACTIVE');

/** What a tenant's calendar says of days: which one it is, and how many minutes a working day has at least. */
export interface PlanDay {
  readonly today: string;
  readonly workingDay: number;
}

export const newServicePlan = (
  fields: ServicePlanFields & { readonly id: string; readonly customerId: string },
  { today, workingDay }: PlanDay,
): Draft<ServicePlan> => {
  refuseSla(fields, workingDay);
  return { ...checked(fields), status: statusOn(fields.endDate, today), noticesGiven: [], toldWorkingDays: true };
};

export const servicePlanCreated = (plan: ServicePlan) => [ServicePlanCreated.with({ servicePlan: publishServicePlan(plan) })];

/** Fields that are given replace, `null` clears, the others stay. */
export type ServicePlanEdit = { readonly [K in keyof ServicePlanFields]?: ServicePlanFields[K] | null };

/** With another end an expired plan runs again, and its end is announced anew. Times that are not edited are not checked again. */
export const editServicePlan = (plan: ServicePlan, edit: ServicePlanEdit, { today, workingDay }: PlanDay): Decision<ServicePlan> => {
  if (plan.status === 'CANCELLED') throw servicePlanCancelled();
  refuseSla(edit, workingDay);
  const cleared = Object.fromEntries(Object.entries(edit).map(([field, value]) => [field, value ?? undefined]));
  const merged = checked({ ...plan, ...cleared });
  const movedEnd = merged.endDate !== plan.endDate;
  const state = movedEnd ? { ...merged, status: statusOn(merged.endDate, today), noticesGiven: [] } : merged;
  if (isDeepStrictEqual(state, plan)) return { state: plan };
  return { state, events: [ServicePlanUpdated.with({ servicePlan: publishServicePlan(state) })] };
};

/** Cancelling twice changes nothing. */
export const cancelServicePlan = (plan: ServicePlan): Decision<ServicePlan> => {
  if (plan.status === 'CANCELLED') return { state: plan };
  const state = { ...plan, status: 'CANCELLED' as const };
  return { state, events: [ServicePlanCancelled.with({ servicePlan: publishServicePlan(state) })] };
};

const noticeDue = (daysLeft: number): number | undefined => [...EXPIRY_NOTICES].reverse().find((days) => daysLeft <= days);

/** What the daily job does to a plan: expires it, or announces its end, each once. */
export const reviewServicePlan = (plan: ServicePlan, today: string): Decision<ServicePlan> => {
  if (plan.status !== 'ACTIVE') return { state: plan };
  if (hasEnded(plan, today)) {
    const state = { ...plan, status: 'EXPIRED' as const };
    return { state, events: [ServicePlanExpired.with({ servicePlan: publishServicePlan(state) })] };
  }
  const daysLeft = daysBetween(today, plan.endDate);
  const due = noticeDue(daysLeft);
  if (due === undefined || plan.noticesGiven.includes(due)) return { state: plan };
  // The late notice makes the earlier one pointless, should that never have been given.
  const state = { ...plan, noticesGiven: EXPIRY_NOTICES.filter((days) => days >= due) };
  return { state, events: [ServicePlanExpiring.with({ servicePlan: publishServicePlan(state), daysLeft })] };
};

/** Tells once more a plan of an earlier version whose days were told as minutes. */
export const tellWorkingDays = (plan: ServicePlan): Decision<ServicePlan> => {
  if (plan.toldWorkingDays || plan.status !== 'ACTIVE') return { state: plan };
  const servicePlan = publishServicePlan(plan);
  const { responseWorkingDays, resolutionWorkingDays } = servicePlan.sla ?? {};
  const isNews = (responseWorkingDays ?? resolutionWorkingDays) !== undefined;
  return { state: { ...plan, toldWorkingDays: true }, events: isNews ? [ServicePlanUpdated.with({ servicePlan })] : [] };
};
