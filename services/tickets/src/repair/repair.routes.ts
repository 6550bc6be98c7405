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
import { payRepair, payRepairBody } from './payment/pay-repair.js';
import { waivePayment, waivePaymentBody } from './payment/waive-payment.js';
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
    'The desk takes a device in, or a customer asks for a repair.',
    { body: intakeBody },
    openRepair(deps),
    REPAIR_OPERATIONS.createRepair,
  ),
  // Technicians may read repairs but not the receipt: it is between the customer and the desk.
  get(
    '/repairs/:id/receipt.pdf',
    'write:service-requests',
    'The intake receipt, with a QR code that leads to the public page.',
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
    'The device password, once for each call; the customer reads who looked and why.',
    { body: revealDevicePasswordBody },
    revealDevicePassword(deps),
    REPAIR_OPERATIONS.revealDevicePassword,
  ),
  put(
    '/repairs/:id/device-password',
    WRITE_OR_WORK_REPAIRS,
    'Writes the device password anew, or with null forgets it.',
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
    'How far a repair is, for whoever knows its number and the serial number of its device.',
    { query: publicStatusQuery },
    getPublicStatus(deps),
    REPAIR_OPERATIONS.getPublicRepairStatus,
  ),
  get(
    '/repair-status',
    'public',
    'The same as a page for people, to which receipts and mails lead.',
    { query: statusPageQuery },
    getStatusPage(deps),
    { ...REPAIR_OPERATIONS.getRepairStatusPage, page: true },
  ),
];

/** Handing back against what is left to pay. */
const moneyRoutes = (deps: RepairDeps): readonly Route[] => [
  action(
    '/repairs/:id/ready',
    'collect:repairs',
    'The device can be fetched; the customer is told.',
    {},
    readyRepair(deps),
    REPAIR_OPERATIONS.markRepairReady,
  ),
  action(
    '/repairs/:id/payment',
    'collect:repairs',
    'Takes a payment, the whole or a part of what is left.',
    { body: payRepairBody },
    payRepair(deps),
    { ...REPAIR_OPERATIONS.payRepair, creates: true },
  ),
  action(
    '/repairs/:id/waive',
    'collect:repairs',
    'Lets the customer off what is left to pay.',
    { body: waivePaymentBody },
    waivePayment(deps),
    REPAIR_OPERATIONS.waiveRepairPayment,
  ),
  action(
    '/repairs/:id/collect',
    'collect:repairs',
    'Hands the device back and closes the repair, once nothing is left to pay.',
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
    'The timeline page by page, newest first.',
    { query: listActivitiesQuery },
    listRepairActivities(deps),
    REPAIR_OPERATIONS.listRepairActivities,
  ),
  create(
    '/repairs/:id/reply',
    'reply:repairs',
    'A public word in the timeline.',
    { body: repairReplyBody },
    replyToRepair(deps),
    REPAIR_OPERATIONS.replyToRepair,
  ),
  create(
    '/repairs/:id/notes',
    'note:repairs',
    'A note of staff, internal unless it says otherwise.',
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
    'Takes it from the queue, or begins with what was given to you: IN_PROGRESS.',
    {},
    takeRepair(deps),
    REPAIR_OPERATIONS.takeRepair,
  ),
  action(
    '/repairs/:id/assign',
    'assign:repairs',
    'Gives it to a technician or (with null) back to the queue; the status stays.',
    { body: assignRepairBody },
    assignRepair(deps),
    REPAIR_OPERATIONS.assignRepair,
  ),
  patch(
    '/repairs/:id/status',
    WRITE_OR_WORK_REPAIRS,
    'Changes the status; COMPLETED, REFUSED and CLOSED have actions of their own.',
    { body: changeRepairStatusBody },
    changeRepairStatus(deps),
    REPAIR_OPERATIONS.changeRepairStatus,
  ),
  action(
    '/repairs/:id/cancel',
    'write:service-requests',
    'Calls it off; customers while it is PENDING or SCHEDULED.',
    { body: cancelRepairBody },
    cancelRepair(deps),
    REPAIR_OPERATIONS.cancelRepair,
  ),
  action(
    '/repairs/:id/complete',
    'work:repairs',
    'Ends the work; without warranty, or when it does not cover the damage, the amount has to be named.',
    { body: completeRepairBody },
    completeRepair(deps),
    REPAIR_OPERATIONS.completeRepair,
  ),
  action(
    '/repairs/:id/refuse',
    'work:repairs',
    'Refuses the repair and says why; may charge an amount.',
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
    'The repairs you may see, newest first.',
    { query: listRepairsQuery },
    listRepairs(deps),
    REPAIR_OPERATIONS.listRepairs,
  ),
  get(
    '/repairs/:id',
    'read:repairs',
    'A repair with the newest of its timeline and the statuses you may bring about next.',
    {},
    getRepair(deps),
    REPAIR_OPERATIONS.getRepair,
  ),
  get('/repairs/:id/status', 'read:repairs', 'How far a repair is.', {}, getRepairStatus(deps), REPAIR_OPERATIONS.getRepairStatus),
  put(
    '/repairs/:id',
    WRITE_OR_WORK_REPAIRS,
    'Changes device, problem, notes or estimate: what is given, a device whole.',
    { body: editRepairBody },
    editRepair(deps),
    REPAIR_OPERATIONS.updateRepair,
  ),
];

export const repairRoutes = (deps: RepairDeps): readonly Route[] => [
  ...intakeRoutes(deps),
  ...secretRoutes(deps),
  ...publicRoutes(deps),
  ...moneyRoutes(deps),
  ...conversationRoutes(deps),
  ...workRoutes(deps),
  ...sheetRoutes(deps),
];
