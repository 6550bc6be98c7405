import { fields, listOf, nothing, one, pageOf } from '@riparo/shared/http/reference/answer';
import { count, id } from '@riparo/shared/http/reference/answer-fields';
import type { ProblemMembers, Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { FOR_CUSTOMER, OF_CUSTOMER } from '../owner.reference.js';
import { servicePlanAnswer, servicePlanDetailsAnswer } from './service-plan.answer.js';

const SERVICE_PLANS: Tag = { name: 'Service plans', about: 'Contracts that cover devices, and the times that they promise.' };

const ATTACHING: Problems = {
  // The location of one of the devices may be removed meanwhile.
  404: ['ASSET_NOT_FOUND', 'LOCATION_NOT_FOUND'],
  409: ['SERVICE_PLAN_NOT_ACTIVE', 'SERVICE_PLAN_FULL', 'ASSET_RETIRED'],
};

/** Where the refusal of one device comes after others were put in. */
const inPart = {
  attachedAssetIds: listOf(id()).optional().description('Devices that are in the plan all the same.'),
  refusedAssetId: id().optional().description('The device that was refused; those after it were not tried.'),
};
const REFUSED = fields(inPart);
const ATTACHED_IN_PART: ProblemMembers = {
  SERVICE_PLAN_FULL: fields({ maxAssets: count(), ...inPart }),
  ASSET_NOT_FOUND: REFUSED,
  ASSET_RETIRED: REFUSED,
  LOCATION_NOT_FOUND: REFUSED,
  DEPENDENCY_UNAVAILABLE: REFUSED,
};

export const SERVICE_PLAN_OPERATIONS = operations(SERVICE_PLANS, {
  listServicePlans: { answer: pageOf(servicePlanAnswer), problems: OF_CUSTOMER },
  createServicePlan: { answer: one(servicePlanDetailsAnswer), problems: FOR_CUSTOMER },
  getServicePlan: { answer: one(servicePlanDetailsAnswer) },
  updateServicePlan: { answer: one(servicePlanDetailsAnswer), problems: { 409: ['SERVICE_PLAN_CANCELLED'] } },
  cancelServicePlan: { answer: one(servicePlanDetailsAnswer), problems: { 412: ['STALE_VERSION'] } },
  addAssetsToServicePlan: { answer: one(servicePlanDetailsAnswer), problems: ATTACHING, members: ATTACHED_IN_PART },
  removeAssetFromServicePlan: { answer: nothing },
});
