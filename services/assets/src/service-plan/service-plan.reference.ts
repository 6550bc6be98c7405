import { operations, type Tag } from '@riparo/shared/http/route';

const SERVICE_PLAN_TAG: Tag = { name: 'Service plans', about: 'What is promised for devices, and how fast.' };

export const SERVICE_PLAN_OPERATIONS = operations(SERVICE_PLAN_TAG, {
  listServicePlans: {},
  createServicePlan: {},
  getServicePlan: {},
  updateServicePlan: {},
  cancelServicePlan: {},
  addAssetsToServicePlan: {},
  removeAssetFromServicePlan: {},
});
