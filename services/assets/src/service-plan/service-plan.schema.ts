import Joi from 'joi';
import { COVERAGE_LEVELS, SERVICE_PLAN_TYPES, SUPPORT_HOURS } from '@riparo/shared/contracts/enums';
import { day, line, money, oneOf, paragraph } from '@riparo/shared/http/schemas';
import { DURATION } from './service-plan.js';

const duration = () =>
  Joi.string()
    .trim()
    .pattern(DURATION)
    .messages({ 'string.pattern.base': 'must be a duration such as "30 minutes", "4 hours" or "2 days"' });

const sla = Joi.object({
  responseTime: duration().required(),
  resolutionTime: duration().required(),
  supportHours: oneOf(SUPPORT_HOURS).required(),
});

const required = {
  name: line(100),
  planType: oneOf(SERVICE_PLAN_TYPES),
  coverageLevel: oneOf(COVERAGE_LEVELS),
  startDate: day(),
  endDate: day(),
  termsSummary: paragraph(5_000),
};
const optional = { monthlyPrice: money(), labourPerHour: money(), sla, maxAssets: Joi.number().integer().min(1).max(100_000) };

/** Of a new plan. */
export const newServicePlanFields = {
  ...Object.fromEntries(Object.entries(required).map(([name, schema]) => [name, schema.required()])),
  ...optional,
  autoCoverNewAssets: Joi.boolean().default(false),
};

/** Of a change: what is left out stays, `null` clears what may be empty. */
export const editedServicePlanFields = {
  ...required,
  ...Object.fromEntries(Object.entries(optional).map(([name, schema]) => [name, schema.allow(null)])),
  autoCoverNewAssets: Joi.boolean(),
};
