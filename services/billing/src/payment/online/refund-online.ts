import { REFUND_KINDS, type RefundKind } from '@riparo/shared/contracts/repair-money.events';
import type { Money } from '@riparo/shared/contracts/money';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { moneyOrMinorUnits, oneOf, paragraph } from '@riparo/shared/http/schemas';
import { compact } from '@riparo/shared/json/compact';
import type { Clock } from '@riparo/shared/runtime/clock';
import Joi from 'joi';
import type { Logger } from 'pino';
import { findVisible } from '../payment.access.js';
import { isRefusal, onlinePaymentOff, paymentNotFound, paymentNotRefundable, refundExceedsPaid } from '../payment.errors.js';
import { refundedOf, withClock, type IncomingPayment, type OnlineRefund, type PaymentDecision } from '../payment.js';
import type { IncomingPayments } from '../payment.repository.js';
import { viewPayment } from '../payment.view.js';
import type { PaymentProvider } from './stripe-provider.js';

interface Body {
  readonly amount: Money | number;
  readonly reason: string;
  readonly kind?: RefundKind;
}

export const refundPaymentBody = Joi.object<Body>({
  amount: moneyOrMinorUnits(1).required(),
  reason: paragraph(2_000).required().description('The customer reads it.'),
  kind: oneOf(REFUND_KINDS).description('As for `POST /repairs/:id/refund`.'),
});

export interface RefundDeps {
  readonly payments: IncomingPayments;
  readonly provider: PaymentProvider;
  readonly tickets: InternalClient;
  readonly clock: Clock;
  readonly log: Logger;
}

const promiseRefund = (before: IncomingPayment, refund: OnlineRefund): PaymentDecision => {
  const { method, status, amount, refunds = [] } = before;
  if (refunds.some(({ id }) => id === refund.id)) return { state: before };
  if (method !== 'ONLINE' || status !== 'VERIFIED') throw paymentNotRefundable(status);
  const left = { ...amount, amount: amount.amount - refundedOf(before) };
  if (refund.amount.amount > left.amount) throw refundExceedsPaid(left);
  return { state: withClock({ ...before, refunds: [...refunds, refund] }, refund.at) };
};

const moved = (before: IncomingPayment, id: string, state: OnlineRefund['state'], now: Date): PaymentDecision => ({
  state: withClock({ ...before, refunds: (before.refunds ?? []).map((refund) => (refund.id === id ? { ...refund, state } : refund)) }, now),
});

const bookingOf = (tenantId: string, { id, amount, reason, kind, byUserId }: OnlineRefund, transactionId?: string) =>
  compact({ tenantId, bookingId: id, amount, method: 'ONLINE', reason, kind, byUserId, reference: transactionId?.slice(0, 100) });

/**
 * Keeps the promise of a refund: first the provider gives the money back, then the repair is told. Each step is remembered,
 * and each can run again: the provider takes our key once, and the repair the id.
 */
export type ContinueRefund = (tenantId: string, id: string, refundId: string) => Promise<IncomingPayment>;

export const createContinueRefund = ({ payments, provider, tickets, clock, log }: RefundDeps): ContinueRefund => {
  const move = async (tenantId: string, id: string, refundId: string, state: OnlineRefund['state']): Promise<IncomingPayment> => {
    const after = await payments.in(tenantId).update(id, (before) => moved(before, refundId, state, clock.now()));
    if (after === undefined) throw paymentNotFound();
    return after;
  };
  return async (tenantId, id, refundId) => {
    const payment = await payments.in(tenantId).find(id);
    const refund = payment?.refunds?.find((one) => one.id === refundId);
    if (payment === undefined || refund === undefined) throw paymentNotFound();
    if (refund.state === 'PROMISED') {
      try {
        await provider.refund({ key: refundId, transactionId: payment.transactionId ?? '', amount: refund.amount });
      } catch (error) {
        if (isRefusal(error)) await move(tenantId, id, refundId, 'FAILED');
        throw error;
      }
      await move(tenantId, id, refundId, 'SENT');
    }
    if (refund.state === 'PROMISED' || refund.state === 'SENT') {
      await tickets
        .post(`/internal/repairs/${payment.repairId}/refunds`, bookingOf(tenantId, refund, payment.transactionId), refundId)
        .catch((error: unknown) => {
          // It was asked beforehand, so somebody has given the same money back over the counter in this second.
          if (isRefusal(error)) log.error({ err: error, id, refundId }, 'money went back at the provider that the repair does not owe');
          throw error;
        });
      return move(tenantId, id, refundId, 'DONE');
    }
    return payment;
  };
};

/** `POST /payments/:id/refund`: online money goes back the way it came. */
export const refundPayment =
  (deps: RefundDeps & { readonly continueRefund: ContinueRefund }) =>
  async ({ caller, params, body, ids, now }: Call<Body, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const id = ids.next();
    const payment = await findVisible(deps, caller, params.id);
    if (!deps.provider.isOn) throw onlinePaymentOff();
    const { currency } = payment.amount;
    const amount = typeof body.amount === 'number' ? { amount: body.amount, currency } : body.amount;
    if (amount.currency !== currency) throw invalidInput([{ path: 'amount.currency', message: `must be ${currency}` }]);
    const { reason, kind } = body;
    const refund = compact({ id, amount, reason, kind, byUserId: userId, at: now, state: 'PROMISED' as const });
    if (payment.refunds?.some((one) => one.id === id) !== true) {
      promiseRefund(payment, refund);
      // The repair says what it would refuse before any money moves.
      const asked = { ...bookingOf(tenantId, refund, payment.transactionId), dryRun: true };
      await deps.tickets.post(`/internal/repairs/${payment.repairId}/refunds`, asked, `${id}-asked`);
      await deps.payments.in(tenantId).update(payment.id, (before) => promiseRefund(before, refund));
    }
    return ok(viewPayment(caller, await deps.continueRefund(tenantId, payment.id, id)));
  };
