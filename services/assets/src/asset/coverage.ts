import type { ServicePlanStatus } from '@riparo/shared/contracts/enums';
import { DAY_MS } from '@riparo/shared/time/units';

export type Filter = Readonly<Record<string, unknown>>;

export const COVERAGE_STATUSES = ['IN_PLAN', 'OUT_OF_PLAN', 'EXPIRED'] as const;
export type CoverageStatus = (typeof COVERAGE_STATUSES)[number];

/** When a plan covers; days are `YYYY-MM-DD` in the tenant's time zone and compare as text. */
export interface PlanTerm {
  readonly status: ServicePlanStatus;
  readonly startDate: string;
  readonly endDate: string;
}

export const isInForce = ({ status, startDate, endDate }: PlanTerm, today: string): boolean =>
  status === 'ACTIVE' && startDate <= today && today <= endDate;

export const hasEnded = ({ status, endDate }: PlanTerm, today: string): boolean => status !== 'ACTIVE' || endDate < today;

/** Whole days from one day to another; negative when the other is past. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

export interface Coverage {
  readonly coverageStatus: CoverageStatus;
  /** The last day on which a plan or else the warranty covers it; left out when nothing does. */
  readonly coveredUntil?: string;
  readonly daysUntilWarrantyExpires?: number;
}

/** A device's coverage on a day: computed whenever it is read, so it is right on the day it changes. */
export const coverageOf = (warrantyEndDate: string | undefined, plan: PlanTerm | undefined, today: string): Coverage => {
  const warranty = warrantyEndDate === undefined ? {} : { daysUntilWarrantyExpires: daysBetween(today, warrantyEndDate) };
  if (plan !== undefined && isInForce(plan, today)) return { coverageStatus: 'IN_PLAN', coveredUntil: plan.endDate, ...warranty };
  if (warrantyEndDate !== undefined && warrantyEndDate >= today) {
    return { coverageStatus: 'OUT_OF_PLAN', coveredUntil: warrantyEndDate, ...warranty };
  }
  const ended = warrantyEndDate !== undefined || (plan !== undefined && hasEnded(plan, today));
  return { coverageStatus: ended ? 'EXPIRED' : 'OUT_OF_PLAN', ...warranty };
};

/** Plans by what they mean for their devices on a day. */
export interface PlansOfDay {
  readonly inForce: readonly string[];
  readonly notBegun: readonly string[];
  /** Missing: they are too many to be named. */
  readonly ended?: readonly string[];
}

/** `coverageOf` as a filter over stored devices. A day that is not set is `null` to the database. */
export const coverageFilter = (wanted: CoverageStatus, { inForce, notBegun }: PlansOfDay, today: string): Filter => {
  if (wanted === 'IN_PLAN') return { servicePlanId: { $in: inForce } };
  const running = [...inForce, ...notBegun, null];
  const neverCovered = { warrantyEndDate: null, servicePlanId: { $in: [...notBegun, null] } };
  const planEnded = { warrantyEndDate: null, servicePlanId: { $nin: running } };
  const notInPlan = { servicePlanId: { $nin: inForce } };
  return wanted === 'EXPIRED'
    ? { $and: [notInPlan, { $or: [{ warrantyEndDate: { $lt: today } }, planEnded] }] }
    : { $and: [notInPlan, { $or: [{ warrantyEndDate: { $gte: today } }, neverCovered] }] };
};

/** The same as alternatives, each of which names plans and a stretch of days, so that an index over both answers it. */
export const coverageAlternatives = (wanted: CoverageStatus, plans: PlansOfDay, today: string): readonly Filter[] | undefined => {
  const { inForce, notBegun, ended } = plans;
  if (wanted === 'IN_PLAN') return [{ servicePlanId: { $in: inForce } }];
  if (ended === undefined) return undefined;
  const [never, once] = [{ servicePlanId: { $in: [null, ...notBegun] } }, { servicePlanId: { $in: ended } }];
  return wanted === 'EXPIRED'
    ? [
        { ...never, warrantyEndDate: { $lt: today } },
        { ...once, warrantyEndDate: { $lt: today } },
        { ...once, warrantyEndDate: null },
      ]
    : [
        { ...never, warrantyEndDate: null },
        { ...never, warrantyEndDate: { $gte: today } },
        { ...once, warrantyEndDate: { $gte: today } },
      ];
};
