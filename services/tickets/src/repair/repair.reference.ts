import { bytes, one, pageOf, type OtherAnswer } from '@riparo/shared/http/reference/answer';
import { joinProblems, STALE, type Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { repairActivityAnswer } from '../conversation/timeline.answer.js';
import {
  listedRepairAnswer,
  openedRepairAnswer,
  publicRepairStatusAnswer,
  repairAnswer,
  repairDetailsAnswer,
  repairStatusAnswer,
  revealedPasswordAnswer,
} from './repair.answer.js';

const REPAIRS: Tag = { name: 'Repairs', about: 'Devices at the counter, from intake to collection.' };

const OPENING: Problems = {
  404: ['CUSTOMER_NOT_FOUND', 'ASSET_NOT_FOUND', 'LOCATION_NOT_FOUND'],
  409: ['CUSTOMER_NOT_ACTIVE', 'CUSTOMER_AMBIGUOUS', 'ASSET_RETIRED', 'SERIAL_NUMBER_TAKEN'],
};
const NOT_YOURS: Problems = { 403: ['REPAIR_NOT_ASSIGNED_TO_YOU'] };
const FULL: Problems = { 409: ['REPAIR_TIMELINE_FULL'] };
const ENDED: Problems = { 409: ['REPAIR_WORK_ENDED'] };
const OVER: Problems = { 409: ['REPAIR_NOT_ACTIVE'] };
const REVEALING = joinProblems(NOT_YOURS, FULL, STALE, { 404: ['DEVICE_PASSWORD_NOT_FOUND'], 409: ['DEVICE_PASSWORD_UNREADABLE'] });
const MOVING: Problems = { 409: ['REPAIR_TRANSITION_NOT_ALLOWED'] };
const ENDING = joinProblems(NOT_YOURS, MOVING, STALE);
const CHANGING_STATUS = joinProblems(NOT_YOURS, MOVING, FULL, ENDED, { 409: ['REPAIR_STATUS_BY_ACTION', 'REPAIR_ALREADY_PAID'] });
const SETTLING = joinProblems(STALE, { 409: ['REPAIR_WITHOUT_OUTCOME', 'REPAIR_ALREADY_PAID'] });
const TOO_MANY: Problems = { 429: ['TOO_MANY_ATTEMPTS'] };

const repair = { answer: one(repairAnswer) };

const PAGE = bytes(['text/html']);
const inWords = (about: string): OtherAnswer => ({ about, answer: PAGE });

export const REPAIR_OPERATIONS = operations(REPAIRS, {
  createRepair: { answer: one(openedRepairAnswer), problems: OPENING },
  getRepairReceipt: { answer: bytes(['application/pdf']) },
  revealDevicePassword: { answer: one(revealedPasswordAnswer), problems: REVEALING },
  updateDevicePassword: { ...repair, problems: joinProblems(NOT_YOURS, OVER, FULL) },
  getPublicRepairStatus: { answer: one(publicRepairStatusAnswer), problems: joinProblems(TOO_MANY, { 404: ['REPAIR_NOT_FOUND'] }) },
  getRepairStatusPage: {
    answer: PAGE,
    others: {
      404: inWords('No repair has this number and serial number: the page says so.'),
      422: inWords('The address has several numbers or serial numbers: the page asks for one of each.'),
      429: inWords('Too many wrong tries: the page asks for patience.'),
    },
  },
  markRepairReady: { ...repair, problems: joinProblems(MOVING, STALE) },
  payRepair: { ...repair, problems: joinProblems(SETTLING, FULL, { 409: ['PAYMENT_EXCEEDS_AMOUNT_LEFT'] }) },
  waiveRepairPayment: { ...repair, problems: SETTLING },
  collectRepair: { ...repair, problems: joinProblems(MOVING, STALE, { 409: ['REPAIR_NOT_PAID'] }) },
  listRepairActivities: { answer: pageOf(repairActivityAnswer) },
  replyToRepair: { answer: one(repairActivityAnswer), problems: joinProblems(FULL, STALE, { 409: ['REPAIR_CLOSED'] }) },
  addRepairNote: { answer: one(repairActivityAnswer), problems: joinProblems(FULL, STALE, { 409: ['REPAIR_CLOSED'] }) },
  takeRepair: { ...repair, problems: joinProblems(ENDED, FULL, STALE, { 409: ['REPAIR_ALREADY_ASSIGNED'] }) },
  assignRepair: {
    ...repair,
    problems: joinProblems(ENDED, FULL, STALE, { 404: ['TECHNICIAN_NOT_FOUND'], 409: ['TECHNICIAN_NOT_ACTIVE'] }),
  },
  changeRepairStatus: { ...repair, problems: CHANGING_STATUS },
  cancelRepair: { ...repair, problems: joinProblems(MOVING, STALE) },
  completeRepair: { ...repair, problems: joinProblems(ENDING, { 409: ['QUOTE_EXCEEDED', 'QUOTE_NOT_DECIDED'] }) },
  refuseRepair: { ...repair, problems: ENDING },
  listRepairs: { answer: pageOf(listedRepairAnswer) },
  getRepair: { answer: one(repairDetailsAnswer) },
  getRepairStatus: { answer: one(repairStatusAnswer) },
  updateRepair: { ...repair, problems: joinProblems(NOT_YOURS, OVER, ENDED, FULL) },
});
