import { operations, type Tag } from '@riparo/shared/http/route';

const REPAIR_TAG: Tag = { name: 'Repairs', about: 'Devices at the counter, from intake to collection.' };

export const REPAIR_OPERATIONS = operations(REPAIR_TAG, {
  createRepair: {},
  getRepairReceipt: {},
  revealDevicePassword: {},
  updateDevicePassword: {},
  getPublicRepairStatus: {},
  getRepairStatusPage: {},
  markRepairReady: {},
  payRepair: {},
  waiveRepairPayment: {},
  collectRepair: {},
  listRepairActivities: {},
  replyToRepair: {},
  addRepairNote: {},
  takeRepair: {},
  assignRepair: {},
  changeRepairStatus: {},
  cancelRepair: {},
  completeRepair: {},
  refuseRepair: {},
  listRepairs: {},
  getRepair: {},
  getRepairStatus: {},
  updateRepair: {},
});
