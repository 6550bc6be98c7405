import { action, create, get, patch, put, type Route } from '@riparo/shared/http/route';
import { listActivitiesQuery } from '../conversation/list-activities.js';
import { addRepairNote, repairNoteBody } from './reply/add-repair-note.js';
import { assignRepair, assignRepairBody } from './assign-repair.js';
import { putDevicePassword, putDevicePasswordBody } from './device-password/put-device-password.js';
import { revealDevicePassword, revealDevicePasswordBody } from './device-password/reveal-device-password.js';
import { editRepair, editRepairBody } from './edit-repair.js';
import { getRepairStatus } from './get-repair-status.js';
import { getRepair } from './get-repair.js';
import { getReceipt } from './intake/get-receipt.js';
import { intakeBody } from './intake/intake.schema.js';
import { openRepair } from './intake/open-repair.js';
import { listRepairActivities } from './list-repair-activities.js';
import { listRepairs, listRepairsQuery } from './list-repairs.js';
import { cancelRepair, cancelRepairBody } from './outcome/cancel-repair.js';
import { changeRepairStatus, changeRepairStatusBody } from './outcome/change-repair-status.js';
import { completeRepair, completeRepairBody } from './outcome/complete-repair.js';
import { readyRepair } from './outcome/ready-repair.js';
import { refuseRepair, refuseRepairBody } from './outcome/refuse-repair.js';
import { collectRepair, collectRepairBody } from './payment/collect-repair.js';
import { paymentRoutes } from './payment/payment.routes.js';
import { pickupRoutes } from './pickup/pickup.routes.js';
import { getPublicStatus, publicStatusQuery } from './public-status/get-public-status.js';
import { getStatusPage, statusPageQuery } from './public-status/status-page.js';
import { repairReplyBody, replyToRepair } from './reply/reply-to-repair.js';
import { takeRepair } from './take-repair.js';
import type { RepairDeps } from './dependencies.js';
import { REPAIR_OPERATIONS } from './repair.reference.js';

/** The desk, and technicians what they have. */
const WRITE_OR_WORK_REPAIRS = ['write:repairs', 'work:repairs'] as const;

/** Taking a device in, and what the customer takes along. */
const intakeRoutes = (deps: RepairDeps): readonly Route[] => [
  create(
    '/repairs',
    'write:service-requests',
    'Takes in a device at the desk, or requests a repair as a customer.',
    { body: intakeBody },
    openRepair(deps),
    REPAIR_OPERATIONS.createRepair,
  ),
  // Technicians may read repairs but not the receipt: it is between the customer and the desk.
  get(
    '/repairs/:id/receipt.pdf',
    'write:service-requests',
    'Returns the intake receipt as a PDF; its QR code leads to the public status page.',
    {},
    getReceipt(deps),
    REPAIR_OPERATIONS.getRepairReceipt,
  ),
];

/** The device password, for whoever opens the device. */
const secretRoutes = (deps: RepairDeps): readonly Route[] => [
  action(
    '/repairs/:id/device-password/reveal',
    WRITE_OR_WORK_REPAIRS,
    'Reveals the device password and tells the customer who looked at it and why.',
    { body: revealDevicePasswordBody },
    revealDevicePassword(deps),
    REPAIR_OPERATIONS.revealDevicePassword,
  ),
  put(
    '/repairs/:id/device-password',
    WRITE_OR_WORK_REPAIRS,
    'Replaces the device password, or deletes it with null.',
    { body: putDevicePasswordBody },
    putDevicePassword(deps),
    REPAIR_OPERATIONS.updateDevicePassword,
  ),
];

/** For people without a login. */
const publicRoutes = (deps: RepairDeps): readonly Route[] => [
  get(
    '/public/repairs/status',
    'public',
    'Returns the status of a repair to anybody who knows its number and the serial number of the device.',
    { query: publicStatusQuery },
    getPublicStatus(deps),
    REPAIR_OPERATIONS.getPublicRepairStatus,
  ),
  get(
    '/repair-status',
    'public',
    'Shows that status as a web page; receipts and mails link to it.',
    { query: statusPageQuery },
    getStatusPage(deps),
    { ...REPAIR_OPERATIONS.getRepairStatusPage, page: true },
  ),
];

/** Handing back against what is left to pay. */
const handoverRoutes = (deps: RepairDeps): readonly Route[] => [
  action(
    '/repairs/:id/ready',
    'collect:repairs',
    'Marks the device as ready for pickup and tells the customer.',
    {},
    readyRepair(deps),
    REPAIR_OPERATIONS.markRepairReady,
  ),
  action(
    '/repairs/:id/collect',
    'collect:repairs',
    'Hands the device back and closes the repair once everything is paid.',
    { body: collectRepairBody },
    collectRepair(deps),
    REPAIR_OPERATIONS.collectRepair,
  ),
];

/** What is said about a repair. */
const conversationRoutes = (deps: RepairDeps): readonly Route[] => [
  get(
    '/repairs/:id/activities',
    'read:repairs',
    'Lists the timeline of a repair, newest first.',
    { query: listActivitiesQuery },
    listRepairActivities(deps),
    REPAIR_OPERATIONS.listRepairActivities,
  ),
  create(
    '/repairs/:id/reply',
    'reply:repairs',
    'Adds a public reply to the timeline.',
    { body: repairReplyBody },
    replyToRepair(deps),
    REPAIR_OPERATIONS.replyToRepair,
  ),
  create(
    '/repairs/:id/notes',
    'note:repairs',
    'Adds a staff note; it is internal unless you say otherwise.',
    { body: repairNoteBody },
    addRepairNote(deps),
    REPAIR_OPERATIONS.addRepairNote,
  ),
];

/** Who works on it, and how it ends. */
const workRoutes = (deps: RepairDeps): readonly Route[] => [
  action(
    '/repairs/:id/take',
    'work:repairs',
    'Takes a repair from the queue, or starts work on one assigned to you.',
    {},
    takeRepair(deps),
    REPAIR_OPERATIONS.takeRepair,
  ),
  action(
    '/repairs/:id/assign',
    'assign:repairs',
    'Assigns a repair to a technician, or with null returns it to the queue; the status stays the same.',
    { body: assignRepairBody },
    assignRepair(deps),
    REPAIR_OPERATIONS.assignRepair,
  ),
  patch(
    '/repairs/:id/status',
    WRITE_OR_WORK_REPAIRS,
    'Changes the status; COMPLETED, REFUSED and CLOSED have their own actions.',
    { body: changeRepairStatusBody },
    changeRepairStatus(deps),
    REPAIR_OPERATIONS.changeRepairStatus,
  ),
  action(
    '/repairs/:id/cancel',
    'write:service-requests',
    'Cancels a repair; customers can do so while it is PENDING or SCHEDULED.',
    { body: cancelRepairBody },
    cancelRepair(deps),
    REPAIR_OPERATIONS.cancelRepair,
  ),
  action(
    '/repairs/:id/complete',
    'work:repairs',
    'Completes the work; the amount is required unless the warranty covers the repair.',
    { body: completeRepairBody },
    completeRepair(deps),
    REPAIR_OPERATIONS.completeRepair,
  ),
  action(
    '/repairs/:id/refuse',
    'work:repairs',
    'Refuses a repair with a reason and, if you like, a charge.',
    { body: refuseRepairBody },
    refuseRepair(deps),
    REPAIR_OPERATIONS.refuseRepair,
  ),
];

/** The sheet itself. */
const sheetRoutes = (deps: RepairDeps): readonly Route[] => [
  get(
    '/repairs',
    'read:repairs',
    'Lists the repairs you can see, newest first.',
    { query: listRepairsQuery },
    listRepairs(deps),
    REPAIR_OPERATIONS.listRepairs,
  ),
  get(
    '/repairs/:id',
    'read:repairs',
    'Returns a repair with its latest timeline entries and the statuses you can set next.',
    {},
    getRepair(deps),
    REPAIR_OPERATIONS.getRepair,
  ),
  get(
    '/repairs/:id/status',
    'read:repairs',
    'Returns the status of a repair.',
    {},
    getRepairStatus(deps),
    REPAIR_OPERATIONS.getRepairStatus,
  ),
  put(
    '/repairs/:id',
    WRITE_OR_WORK_REPAIRS,
    'Changes the given fields: device (as a whole), problem, notes or estimate.',
    { body: editRepairBody },
    editRepair(deps),
    REPAIR_OPERATIONS.updateRepair,
  ),
];

export const repairRoutes = (deps: RepairDeps): readonly Route[] => [
  ...intakeRoutes(deps),
  ...secretRoutes(deps),
  ...publicRoutes(deps),
  ...handoverRoutes(deps),
  ...paymentRoutes(deps),
  ...pickupRoutes(deps),
  ...conversationRoutes(deps),
  ...workRoutes(deps),
  ...sheetRoutes(deps),
];
