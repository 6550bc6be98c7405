import { action, remove, type Route } from '@riparo/shared/http/route';
import type { RepairDeps } from '../dependencies.js';
import { REPAIR_OPERATIONS } from '../repair.reference.js';
import { abandonRepair, abandonRepairBody, approveAbandonment, withdrawAbandonment } from './abandon-repair.js';
import { pickupNoticeBody, recordPickupNotice } from './record-notice.js';

/** Devices that nobody collects. */
export const pickupRoutes = (deps: RepairDeps): readonly Route[] => [
  action(
    '/repairs/:id/pickup-notices',
    'collect:repairs',
    'Records a letter or a call about a device that nobody collects.',
    { body: pickupNoticeBody },
    recordPickupNotice(deps),
    { ...REPAIR_OPERATIONS.recordPickupNotice, creates: true },
  ),
  action(
    '/repairs/:id/abandon',
    'abandon:repairs',
    'Asks to give up a device that nobody collects, after the last notice and the days that follow it.',
    { body: abandonRepairBody },
    abandonRepair(deps),
    REPAIR_OPERATIONS.abandonRepair,
  ),
  action(
    '/repairs/:id/abandon/approve',
    'abandon:repairs',
    'Gives the device up and closes the repair; another administrator than the one who asked.',
    {},
    approveAbandonment(deps),
    REPAIR_OPERATIONS.approveAbandonment,
  ),
  remove(
    '/repairs/:id/abandon',
    'abandon:repairs',
    'Withdraws the request to give the device up.',
    {},
    withdrawAbandonment(deps),
    REPAIR_OPERATIONS.withdrawAbandonment,
  ),
];
