import Joi from 'joi';
import { PAYMENT_METHODS, type PaymentMethod } from './enums.js';
import { defineEvent } from './event.js';
import { day, id, text } from './fragments.js';
import type { Money } from './money.js';
import { eventMoney } from './price-lines.js';
import { repairEventFields, type RepairEventV1 } from './repairs.events.js';

/**
 * REDUCTION: the customer pays less in all, for example because a part failed. CORRECTION: the payment was entered wrongly,
 * so that the amount is due again. Money beyond what is due is given back as neither: an OVERPAYMENT.
 */
export const REFUND_KINDS = ['REDUCTION', 'CORRECTION', 'OVERPAYMENT'] as const;
export type RefundKind = (typeof REFUND_KINDS)[number];

/** Money that went back to the customer. */
export interface PublishedRefund {
  readonly id: string;
  readonly method: PaymentMethod;
  readonly amount: Money;
  readonly kind: RefundKind;
  readonly reason: string;
  readonly reference?: string;
}

export interface RepairRefundedV1 extends RepairEventV1 {
  readonly refund: PublishedRefund;
}
export const RepairRefunded = defineEvent<RepairRefundedV1>(
  'riparo.tickets.repair-refunded.v1',
  'Money was given back; `amountDue` is lower afterwards where the refund is a REDUCTION.',
  Joi.object<RepairRefundedV1>({
    ...repairEventFields,
    refund: Joi.object<PublishedRefund>({
      id: id.required(),
      method: Joi.valid(...PAYMENT_METHODS).required(),
      amount: eventMoney.required(),
      kind: Joi.valid(...REFUND_KINDS).required(),
      reason: text.required(),
      reference: text,
    })
      .unknown(true)
      .required(),
  }),
);

export interface RepairPickupNoticeDueV1 extends RepairEventV1 {
  /** From 1. */
  readonly notice: number;
  /** After this one the device may be given up. */
  readonly isLast: boolean;
  /** The day on which the device was ready. */
  readonly readyOn: string;
  /** The day after which the centre may give the device up, where this is the last notice. */
  readonly givenUpAfter?: string;
  /** Charged for storage so far, VAT included. */
  readonly storageFee: Money;
}
export const RepairPickupNoticeDue = defineEvent<RepairPickupNoticeDueV1>(
  'riparo.tickets.repair-pickup-notice-due.v1',
  'Nobody has collected the device; the customer is to be told.',
  Joi.object<RepairPickupNoticeDueV1>({
    ...repairEventFields,
    notice: Joi.number().integer().required(),
    isLast: Joi.boolean().required(),
    readyOn: day.required(),
    givenUpAfter: day,
    storageFee: eventMoney.required(),
  }),
);

export interface RepairStorageChargedV1 extends RepairEventV1 {
  /** For storage in all, VAT included. */
  readonly storageFee: Money;
}
export const RepairStorageCharged = defineEvent<RepairStorageChargedV1>(
  'riparo.tickets.repair-storage-charged.v1',
  'A day of storage was added to what the customer pays.',
  Joi.object<RepairStorageChargedV1>({ ...repairEventFields, storageFee: eventMoney.required() }),
);

export interface RepairAbandonedV1 extends RepairEventV1 {
  readonly reason: string;
  readonly requestedByUserId: string;
  readonly approvedByUserId: string;
}
export const RepairAbandoned = defineEvent<RepairAbandonedV1>(
  'riparo.tickets.repair-abandoned.v1',
  'Nobody collected the device; two administrators gave it up and the repair is closed.',
  Joi.object<RepairAbandonedV1>({
    ...repairEventFields,
    reason: text.required(),
    requestedByUserId: id.required(),
    approvedByUserId: id.required(),
  }),
);
