import { nothing, one, pageOf } from '@riparo/shared/http/reference/answer';
import type { Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { FOR_CUSTOMER, OF_CUSTOMER } from '../owner.reference.js';
import { servicePlanAnswer, servicePlanDetailsAnswer } from './service-plan.answer.js';

const SERVICE_PLANS: Tag = { name: 'Service plans', about: 'Contracts that cover devices, and the times that they promise.' };

const ATTACHING: Problems = {
  // The location of one of the devices may be removed meanwhile.
  404: ['ASSET_NOT_FOUND', 'LOCATION_NOT_FOUND'],
  409: ['SERVICE_PLAN_NOT_ACTIVE', 'SERVICE_PLAN_FULL', 'ASSET_RETIRED', 'SERIAL_NUMBER_TAKEN'],
};

export const SERVICE_PLAN_OPERATIONS = operations(SERVICE_PLANS, {
  listServicePlans: { answer: pageOf(servicePlanAnswer), problems: OF_CUSTOMER },
  createServicePlan: { answer: one(servicePlanDetailsAnswer), problems: FOR_CUSTOMER },
  getServicePlan: { answer: one(servicePlanDetailsAnswer) },
  updateServicePlan: { answer: one(servicePlanDetailsAnswer), problems: { 409: ['SERVICE_PLAN_CANCELLED'] } },
  cancelServicePlan: { answer: one(servicePlanDetailsAnswer), problems: { 412: ['STALE_VERSION'] } },
  addAssetsToServicePlan: { answer: one(servicePlanDetailsAnswer), problems: ATTACHING },
  removeAssetFromServicePlan: { answer: nothing },
});
