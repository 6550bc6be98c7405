import { REPAIR_STATUSES } from '@riparo/shared/contracts/enums';
import { bytes, fields, listOf, nothing, one, pageOf, type OtherAnswer } from '@riparo/shared/http/reference/answer';
import { calendarDay, id, money, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import { joinProblems, STALE, type ProblemMembers, type Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { repairActivityAnswer } from '../conversation/timeline.answer.js';
import { PAIR_LIMIT } from './public-status/guess-limiter.js';
import {
  listedRepairAnswer,
  openedRepairAnswer,
  paymentLinkAnswer,
  publicRepairStatusAnswer,
  repairAnswer,
  repairDetailsAnswer,
  repairStatusAnswer,
  revealedPasswordAnswer,
} from './repair.answer.js';

const REPAIRS: Tag = { name: 'Repairs', about: 'Devices at the counter, from intake to collection.' };

const OPENING: Problems = {
  404: ['CUSTOMER_NOT_FOUND', 'ASSET_NOT_FOUND', 'LOCATION_NOT_FOUND'],
  409: ['CUSTOMER_NOT_ACTIVE', 'CUSTOMER_AMBIGUOUS', 'ASSET_RETIRED', 'SERIAL_NUMBER_TAKEN', 'NOTHING_UNDER_WARRANTY'],
};
const NOT_YOURS: Problems = { 403: ['REPAIR_NOT_ASSIGNED_TO_YOU'] };
const FULL: Problems = { 409: ['REPAIR_TIMELINE_FULL'] };
const ENDED: Problems = { 409: ['REPAIR_WORK_ENDED'] };
const OVER: Problems = { 409: ['REPAIR_NOT_ACTIVE'] };
const REVEALING = joinProblems(NOT_YOURS, FULL, STALE, { 404: ['DEVICE_PASSWORD_NOT_FOUND'], 409: ['DEVICE_PASSWORD_UNREADABLE'] });
const MOVING: Problems = { 409: ['REPAIR_TRANSITION_NOT_ALLOWED'] };
const ENDING = joinProblems(NOT_YOURS, MOVING, STALE);
const CHANGING_STATUS = joinProblems(NOT_YOURS, MOVING, FULL, ENDED, {
  409: ['REPAIR_STATUS_BY_ACTION', 'REPAIR_ALREADY_PAID', 'REFUND_DUE'],
});
const SETTLING = joinProblems(STALE, { 409: ['REPAIR_WITHOUT_OUTCOME', 'REPAIR_ALREADY_PAID'] });
const PAYING = joinProblems(SETTLING, FULL, { 409: ['PAYMENT_EXCEEDS_AMOUNT_LEFT', 'DEPOSIT_EXCEEDS_QUOTE', 'DEPOSIT_TOO_HIGH'] });
const LEFT_BEHIND: Problems = { 409: ['REPAIR_NOT_LEFT_BEHIND'] };
const REFUNDING = ['REFUND_EXCEEDS_PAID', 'REFUND_SPANS_OVERPAYMENT', 'REFUND_AFTER_CLOSING', 'NOTHING_OVERPAID'] as const;

const repair = { answer: one(repairAnswer) };

const PAGE = bytes(['text/html']);
const inWords = (about: string): OtherAnswer => ({ about, answer: PAGE });

const current = oneOf(REPAIR_STATUSES);
const candidate = { id: id(), name: text(), surname: text().optional(), contactEmail: text(), contactPhone: text().optional() };
/** Also of the wing that books for repairs. */
export const REPAIR_MEMBERS: ProblemMembers = {
  REPAIR_TRANSITION_NOT_ALLOWED: fields({ current, allowed: listOf(current) }),
  REPAIR_STATUS_BY_ACTION: fields({ action: text().description('The endpoint to use: `POST /repairs/:id/complete`.') }),
  REPAIR_NOT_ACTIVE: fields({ current }),
  REPAIR_WORK_ENDED: fields({ current }),
  REPAIR_WITHOUT_OUTCOME: fields({ current }),
  PAYMENT_EXCEEDS_AMOUNT_LEFT: fields({ amountLeft: money() }),
  REPAIR_NOT_LEFT_BEHIND: fields({ current }),
  ABANDON_TOO_EARLY: fields({ from: calendarDay().optional().description('The first day on which it may be given up.') }),
  REPAIR_NOT_PAID: fields({ amountLeft: money() }),
  DEPOSIT_EXCEEDS_QUOTE: fields({ number: text().description('Of the quote.'), amountLeft: money() }),
  DEPOSIT_TOO_HIGH: fields({ amountLeft: money() }),
  REFUND_DUE: fields({ amountOverpaid: money() }),
  REFUND_EXCEEDS_PAID: fields({ amountPaid: money() }),
  REFUND_SPANS_OVERPAYMENT: fields({ amountOverpaid: money() }),
  QUOTE_EXCEEDED: fields({ accepted: money(), charged: money() }),
  REFUSAL_FEE_EXCEEDED: fields({ agreed: money(), charged: money() }),
  QUOTE_NOT_DECIDED: fields({ number: text().description('Of the quote.') }),
  CUSTOMER_AMBIGUOUS: fields({ candidates: listOf(fields(candidate)).description('Customers that may be meant.') }),
};

export const REPAIR_OPERATIONS = operations(
  REPAIRS,
  {
    createRepair: { answer: one(openedRepairAnswer), problems: OPENING },
    getRepairReceipt: { answer: bytes(['application/pdf']) },
    revealDevicePassword: { answer: one(revealedPasswordAnswer), problems: REVEALING },
    updateDevicePassword: { ...repair, problems: joinProblems(NOT_YOURS, OVER, FULL) },
    getPublicRepairStatus: { answer: one(publicRepairStatusAnswer), problems: { 404: ['REPAIR_NOT_FOUND'] }, limits: [PAIR_LIMIT] },
    getRepairStatusPage: {
      answer: PAGE,
      limits: [PAIR_LIMIT],
      others: {
        404: inWords('No repair has this number and serial number: the page says so.'),
        422: inWords('The address has several numbers or serial numbers: the page asks for one of each.'),
        429: inWords('Too many wrong tries: the page asks for patience.'),
      },
    },
    markRepairReady: { ...repair, problems: joinProblems(MOVING, STALE) },
    payRepair: { ...repair, problems: PAYING },
    refundRepair: { ...repair, problems: joinProblems(STALE, FULL, { 409: REFUNDING }) },
    makePaymentLink: { answer: one(paymentLinkAnswer), problems: SETTLING, unversioned: true },
    waiveRepairPayment: { ...repair, problems: SETTLING },
    collectRepair: { ...repair, problems: joinProblems(MOVING, STALE, { 409: ['REPAIR_NOT_PAID', 'REFUND_DUE'] }) },
    recordPickupNotice: { ...repair, problems: joinProblems(FULL, STALE, LEFT_BEHIND) },
    abandonRepair: {
      ...repair,
      problems: joinProblems(STALE, LEFT_BEHIND, { 409: ['ABANDON_TOO_EARLY', 'CUSTOMER_NOT_REACHED', 'ABANDON_REQUESTED', 'REFUND_DUE'] }),
    },
    approveAbandonment: {
      ...repair,
      problems: joinProblems(STALE, LEFT_BEHIND, {
        409: ['ABANDON_NOT_REQUESTED', 'SECOND_PERSON_NEEDED', 'ABANDON_TOO_EARLY', 'CUSTOMER_NOT_REACHED', 'REFUND_DUE'],
      }),
    },
    withdrawAbandonment: { answer: nothing, problems: joinProblems(STALE, LEFT_BEHIND, { 409: ['ABANDON_NOT_REQUESTED'] }) },
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
    refuseRepair: {
      ...repair,
      problems: joinProblems(ENDING, { 409: ['REFUSAL_FEE_EXCEEDED', 'QUOTE_EXCEEDED', 'QUOTE_NOT_DECIDED'] }),
    },
    listRepairs: { answer: pageOf(listedRepairAnswer) },
    getRepair: { answer: one(repairDetailsAnswer) },
    getRepairStatus: { answer: one(repairStatusAnswer) },
    updateRepair: { ...repair, problems: joinProblems(NOT_YOURS, OVER, ENDED, FULL, { 409: ['NOTHING_UNDER_WARRANTY'] }) },
  },
  REPAIR_MEMBERS,
);
