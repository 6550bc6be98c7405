import Joi from 'joi';
import { defineEvent } from './event.js';
import { id, instant, text } from './fragments.js';
import type { Money } from './money.js';
import { eventMoney } from './price-lines.js';

export const INCOMING_PAYMENT_METHODS = ['BANK_TRANSFER', 'ONLINE'] as const;
export type IncomingPaymentMethod = (typeof INCOMING_PAYMENT_METHODS)[number];

/**
 * STARTED: the customer is on the provider's page. TO_VERIFY: the desk has to look at it. VERIFIED: it is a payment of the
 * repair. REJECTED: the desk did not find the money, or sent it back. LAPSED: the provider's page was left unpaid.
 */
export const INCOMING_PAYMENT_STATUSES = ['STARTED', 'TO_VERIFY', 'VERIFIED', 'REJECTED', 'LAPSED'] as const;
export type IncomingPaymentStatus = (typeof INCOMING_PAYMENT_STATUSES)[number];

/** Money that a customer announced or paid online, until it is a payment of the repair. */
export interface PublishedIncomingPayment {
  readonly id: string;
  readonly repairId: string;
  readonly repairNumber: string;
  readonly customerId: string;
  /** The person of the customer whom mails go to. Missing: mails go to the customer's contact address. */
  readonly contactUserId?: string;
  readonly method: IncomingPaymentMethod;
  readonly amount: Money;
  /** What the transfer says, or the provider's number. */
  readonly reference?: string;
  readonly status: IncomingPaymentStatus;
  /** Why the desk rejected it; the customer reads it. */
  readonly reason?: string;
}

const payment = Joi.object<PublishedIncomingPayment>({
  id: id.required(),
  repairId: id.required(),
  repairNumber: text.required(),
  customerId: id.required(),
  contactUserId: id,
  method: Joi.valid(...INCOMING_PAYMENT_METHODS).required(),
  amount: eventMoney.required(),
  reference: text,
  status: Joi.valid(...INCOMING_PAYMENT_STATUSES).required(),
  reason: text,
}).unknown(true);

export interface IncomingPaymentEventV1 {
  readonly payment: PublishedIncomingPayment;
  readonly at: string;
  /** Missing: the provider, or whoever had the link. */
  readonly actorUserId?: string;
}

const event = (name: string, description: string) =>
  defineEvent<IncomingPaymentEventV1>(
    `riparo.billing.payment-${name}.v1`,
    description,
    Joi.object<IncomingPaymentEventV1>({ payment: payment.required(), at: instant.required(), actorUserId: id }),
  );

export const PaymentToVerify = event(
  'to-verify',
  'A customer announced a transfer, or paid online what does not match what is due: the desk has to look at it.',
);
export const PaymentVerified = event('verified', 'It is a payment of the repair now.');
export const PaymentRejected = event('rejected', 'The desk did not find the money, or sent it back; `reason` says why.');
