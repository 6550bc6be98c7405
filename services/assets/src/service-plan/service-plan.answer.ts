import {
  ASSET_CATEGORIES,
  ASSET_STATUSES,
  COVERAGE_LEVELS,
  SERVICE_PLAN_STATUSES,
  SERVICE_PLAN_TYPES,
  SUPPORT_HOURS,
} from '@riparo/shared/contracts/enums';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { calendarDay, count, flag, id, moment, money, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';

const sla = view('ServicePlanSla', 'The times that a plan promises, such as `30 minutes`, `4 hours` or `2 days`.', {
  responseTime: text(),
  resolutionTime: text(),
  supportHours: oneOf(SUPPORT_HOURS).description('Which hours count; in business hours, days are working days.'),
});

/** Of a plan, what its devices show too. */
export const planTermFields = {
  id: id(),
  name: text(),
  planType: oneOf(SERVICE_PLAN_TYPES),
  coverageLevel: oneOf(COVERAGE_LEVELS),
  startDate: calendarDay().description('The first day covered.'),
  endDate: calendarDay().description('The last day covered.'),
  status: oneOf(SERVICE_PLAN_STATUSES).description('As of today.'),
  sla: sla.optional(),
};

const planFields = {
  ...planTermFields,
  customerId: id(),
  monthlyPrice: money().optional(),
  labourPerHour: money().optional().description('For work that the plan does not bear, without VAT; missing: what the settings say.'),
  termsSummary: text(),
  autoCoverNewAssets: flag().description('The plan covers new devices of the customer automatically.'),
  maxAssets: count().optional().description('How many devices it covers at most; missing: no limit.'),
  coveredAssetCount: count(),
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
};

export const servicePlanAnswer = view('ServicePlan', 'A support contract that covers devices of a customer.', planFields);

const coveredAsset = fields({
  id: id(),
  friendlyName: text(),
  category: oneOf(ASSET_CATEGORIES),
  brand: text(),
  model: text(),
  serialNumber: text(),
  status: oneOf(ASSET_STATUSES),
});

export const servicePlanDetailsAnswer = view('ServicePlanDetails', 'A service plan with the devices that it covers.', {
  ...planFields,
  coveredAssets: listOf(coveredAsset).description('The newest 500; `GET /assets?servicePlanId=` lists all.'),
});
