import { REFUND_KINDS, type RefundKind } from '@riparo/shared/contracts/repair-money.events';
import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import type { Money } from '@riparo/shared/contracts/money';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { line, money, oneOf, paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { stampOf, type Stamp } from '../../conversation/stamp.js';
import { repairNotFound } from '../repair.errors.js';
import { type RepairDecision, type RepairState } from '../repair.js';
import { published } from '../published-repair.js';
import type { Repairs } from '../repair.repository.js';
import { amountIn, book, pay } from './decide-payment.js';
import { refund } from './decide-refund.js';

interface Booking {
  readonly tenantId: string;
  /** Id of the payment or refund: the same one again changes nothing. */
  readonly bookingId: string;
  readonly amount: Money;
  readonly reference?: string;
  /** Missing: the customer, who paid online. */
  readonly byUserId?: string;
}

interface BookPayment extends Booking {
  readonly method: 'ONLINE' | 'BANK_TRANSFER';
  /** The money is there already: what is too much is given back later. */
  readonly evenIfNotDue: boolean;
}

interface BookRefund extends Booking {
  readonly method: 'ONLINE';
  readonly reason: string;
  readonly kind?: RefundKind;
  /** Only whether it would be booked: the provider has not been asked yet. */
  readonly dryRun: boolean;
}

const booking = {
  tenantId: Joi.string().max(64).default(DEFAULT_TENANT),
  bookingId: uuid().required(),
  amount: money(1).required(),
  reference: line(100),
  byUserId: uuid(),
};

export const bookPaymentInput = {
  body: Joi.object<BookPayment>({
    ...booking,
    method: oneOf(['ONLINE', 'BANK_TRANSFER'] as const).required(),
    evenIfNotDue: Joi.boolean().default(false),
  }),
};

export const bookRefundInput = {
  body: Joi.object<BookRefund>({
    ...booking,
    method: oneOf(['ONLINE'] as const).required(),
    reason: paragraph(2_000).required(),
    kind: oneOf(REFUND_KINDS),
    dryRun: Joi.boolean().default(false),
  }),
};

interface Deps {
  readonly repairs: Repairs;
}

/** A booking that another service asks for; it may ask again after a lost answer. */
const booked =
  <Body extends Booking>(decide: (before: RepairState, body: Body, stamp: Stamp) => RepairDecision) =>
  ({ repairs }: Deps) =>
  async ({ body, params, now, ids }: PublicCall<Body, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, bookingId: id, byUserId } = body;
    const system = stampOf({ now, ids });
    const stamp = { ...system, activityIds: [id, ...system.activityIds.slice(1)], ...(byUserId === undefined ? {} : { byUserId }) };
    const after = await repairs
      .in(tenantId)
      .update(params.id, (before) =>
        before.payments.some((payment) => payment.id === id) ? { state: before } : decide(before, body, stamp),
      );
    if (after === undefined) throw repairNotFound();
    return ok({ ...published(after), version: after.version });
  };

/** `POST /internal/repairs/:id/payments`: money that billing has seen is a payment of the repair. */
export const bookPaymentInternally = booked<BookPayment>((before, { method, amount, reference, evenIfNotDue }, stamp) => {
  const paid = { method, amount: amountIn(before, amount), ...(reference === undefined ? {} : { reference }) };
  return evenIfNotDue ? book(before, paid, stamp) : pay(before, paid, stamp);
});

/** `POST /internal/repairs/:id/refunds`: the provider has given money back. */
export const bookRefundInternally = booked<BookRefund>((before, { tenantId: _t, bookingId: _i, byUserId: _b, dryRun, ...said }, stamp) => {
  const decision = refund(before, said, stamp);
  return dryRun ? { state: before } : decision;
});
