import { REPAIR_STATUSES } from '@riparo/shared/contracts/enums';
import { INCOMING_PAYMENT_STATUSES } from '@riparo/shared/contracts/incoming-payments.events';
import { all, bytes, fields, nothing, one, pageOf, type OtherAnswer } from '@riparo/shared/http/reference/answer';
import { money, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import { joinProblems, STALE, type ProblemMembers, type Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { REFUND_STATES } from './payment.js';
import { checkoutAnswer, incomingPaymentAnswer, paymentMethodAnswer, setupAnswer } from './payment.answer.js';

const PAYMENTS: Tag = { name: 'Payments', about: 'Transfers that customers announce, and payments online.' };

const OFF: Problems = { 409: ['ONLINE_PAYMENT_OFF'] };
const DUE: Problems = { 404: ['REPAIR_NOT_FOUND'], 409: ['REPAIR_WITHOUT_OUTCOME', 'REPAIR_ALREADY_PAID'] };
const BOOKING: Problems = {
  404: ['REPAIR_NOT_FOUND'],
  409: [
    'REPAIR_WITHOUT_OUTCOME',
    'REPAIR_ALREADY_PAID',
    'PAYMENT_EXCEEDS_AMOUNT_LEFT',
    'DEPOSIT_EXCEEDS_QUOTE',
    'DEPOSIT_TOO_HIGH',
    'REPAIR_TIMELINE_FULL',
  ],
};
const DECIDING: Problems = { 409: ['PAYMENT_NOT_TO_VERIFY', 'PAYMENT_BEING_DECIDED'] };
const REFUNDING: Problems = {
  404: ['REPAIR_NOT_FOUND'],
  409: [
    'PAYMENT_NOT_REFUNDABLE',
    'REFUND_EXCEEDS_PAID',
    'REFUND_SPANS_OVERPAYMENT',
    'NOTHING_OVERPAID',
    'REFUND_AFTER_CLOSING',
    'REPAIR_TIMELINE_FULL',
    'REFUND_REFUSED',
  ],
};
const METHOD: Problems = { 404: ['PAYMENT_METHOD_NOT_FOUND'], 409: ['ONLINE_PAYMENT_REFUSED'] };

const payment = { answer: one(incomingPaymentAnswer) };
const PAGE = bytes(['text/html']);
const inWords = (about: string): OtherAnswer => ({ about, answer: PAGE });
const INVALID = { 422: inWords('The link is not valid or has expired: the page says so.') };

const current = oneOf(INCOMING_PAYMENT_STATUSES);
const MEMBERS: ProblemMembers = {
  REPAIR_WITHOUT_OUTCOME: fields({ current: oneOf(REPAIR_STATUSES) }),
  PAYMENT_EXCEEDS_AMOUNT_LEFT: fields({ amountLeft: money() }),
  DEPOSIT_EXCEEDS_QUOTE: fields({ number: text().description('Of the quote.'), amountLeft: money() }),
  DEPOSIT_TOO_HIGH: fields({ amountLeft: money() }),
  PAYMENT_NOT_TO_VERIFY: fields({ current }),
  PAYMENT_NOT_REFUNDABLE: fields({ current }),
  REFUND_NOT_TO_CLEAR: fields({ current: oneOf(REFUND_STATES) }),
  PAYMENT_UNDER_WAY: fields({ amount: money() }),
  PAYMENT_PROOF_NOT_TAKEN: fields({ current }),
  REFUND_EXCEEDS_PAID: fields({ amountPaid: money() }),
  REFUND_SPANS_OVERPAYMENT: fields({ amountOverpaid: money() }),
};

export const PAYMENT_OPERATIONS = operations(
  PAYMENTS,
  {
    listPayments: { answer: pageOf(incomingPaymentAnswer) },
    getPayment: payment,
    announcePayment: { ...payment, problems: joinProblems(DUE, { 409: ['PAYMENT_EXCEEDS_AMOUNT_LEFT', 'PAYMENTS_WAITING'] }) },
    addPaymentProof: {
      ...payment,
      problems: {
        409: ['PAYMENT_PROOF_NOT_TAKEN', 'PAYMENT_BEING_DECIDED'],
        413: ['PHOTO_TOO_MANY_PIXELS'],
        415: ['PAYMENT_PROOF_TYPE_NOT_SUPPORTED'],
      },
      unversioned: true,
    },
    getPaymentProof: {
      answer: bytes(['image/jpeg', 'image/png', 'image/webp', 'application/pdf']),
      problems: { 404: ['PAYMENT_PROOF_NOT_FOUND'] },
    },
    verifyPayment: { ...payment, problems: joinProblems(DECIDING, BOOKING, STALE) },
    rejectPayment: { ...payment, problems: joinProblems(DECIDING, OFF, STALE, { 409: ['REFUND_REFUSED'] }) },
    startCheckout: {
      answer: one(checkoutAnswer),
      problems: joinProblems(DUE, OFF, { 409: ['ONLINE_PAYMENT_REFUSED', 'PAYMENT_UNDER_WAY'] }),
    },
    refundPayment: { ...payment, problems: joinProblems(REFUNDING, OFF) },
    clearRefund: {
      ...payment,
      problems: joinProblems(REFUNDING, { 404: ['REFUND_NOT_FOUND'], 409: ['REFUND_NOT_TO_CLEAR'] }),
      unversioned: true,
    },
    receiveProviderCall: { answer: nothing, problems: joinProblems(OFF, { 400: ['SIGNATURE_NOT_VALID'] }), unversioned: true },
    listPaymentMethods: { answer: all(paymentMethodAnswer), problems: joinProblems(OFF, { 409: ['ONLINE_PAYMENT_REFUSED'] }) },
    addPaymentMethod: { answer: one(setupAnswer), problems: joinProblems(OFF, { 409: ['ONLINE_PAYMENT_REFUSED'] }) },
    removePaymentMethod: { answer: nothing, problems: joinProblems(OFF, METHOD), unversioned: true },
    chooseDefaultMethod: { answer: all(paymentMethodAnswer), problems: joinProblems(OFF, METHOD), unversioned: true },
    getPaymentPage: { answer: PAGE, others: INVALID },
    checkoutOnPage: {
      answer: PAGE,
      others: {
        ...INVALID,
        409: inWords('Nothing is left to pay, a payment is on its way, or online payments are off: the page says which.'),
        503: inWords('The provider is away: the page asks to try again.'),
      },
      headers: { Refresh: 'Leads to the provider’s page.' },
    },
  },
  MEMBERS,
);
