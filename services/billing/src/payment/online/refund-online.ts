import { REFUND_KINDS, type RefundKind } from '@riparo/shared/contracts/repair-money.events';
import type { Money } from '@riparo/shared/contracts/money';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { moneyOrMinorUnits, oneOf, paragraph } from '@riparo/shared/http/schemas';
import { compact } from '@riparo/shared/json/compact';
import type { Clock } from '@riparo/shared/runtime/clock';
import { seededIds } from '@riparo/shared/runtime/ids';
import Joi from 'joi';
import type { Logger } from 'pino';
import { findVisible } from '../payment.access.js';
import { isRefusal, onlinePaymentOff, paymentNotFound } from '../payment.errors.js';
import { promisedAtOf, type IncomingPayment, type OnlineRefund } from '../payment.js';
import type { IncomingPayments } from '../payment.repository.js';
import { viewPayment } from '../payment.view.js';
import { answerRefund, promiseRefund, type RefundAnswer } from './decide-refund.js';
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

const bookingOf = (tenantId: string, { id, amount, reason, kind, byUserId }: OnlineRefund, transactionId?: string) =>
  compact({ tenantId, bookingId: id, amount, method: 'ONLINE', reason, kind, byUserId, reference: transactionId?.slice(0, 100) });

/** Money that came back is a payment of its own, whose id follows from the refund: the repair takes it once. */
const takingBackOf = (tenantId: string, { id, at, amount, cleared }: OnlineRefund, transactionId?: string) =>
  compact({
    ...{ tenantId, bookingId: seededIds(`${id}#back`, at).next(), amount, method: 'ONLINE', evenIfNotDue: true },
    byUserId: cleared?.byUserId,
    reference: transactionId?.slice(0, 100),
  });

/**
 * Keeps the promise of a refund: first the provider gives the money back, then the repair is told. Each step is remembered,
 * and each can run again: the provider takes our key once, and the repair the id. What the repair refuses after the money has
 * gone is for the desk to clear.
 */
export type ContinueRefund = (tenantId: string, id: string, refundId: string) => Promise<IncomingPayment>;

export const createContinueRefund = ({ payments, provider, tickets, clock, log }: RefundDeps): ContinueRefund => {
  const find = async (tenantId: string, id: string, refundId: string) => {
    const payment = await payments.in(tenantId).find(id);
    const refund = payment?.refunds?.find((one) => one.id === refundId);
    if (payment === undefined || refund === undefined) throw paymentNotFound();
    return { payment, refund, promisedAt: promisedAtOf(refund) };
  };
  type Found = Awaited<ReturnType<typeof find>>;

  /** Asks somebody else, and writes the answer down; a refusal too, which is thrown. */
  const step = async (
    tenantId: string,
    { payment: { id }, refund, promisedAt }: Found,
    ask: () => Promise<unknown>,
    [done, refused]: readonly [RefundAnswer, RefundAnswer],
  ): Promise<IncomingPayment> => {
    const write = async (answer: RefundAnswer): Promise<IncomingPayment> => {
      const after = await payments
        .in(tenantId)
        .update(id, (before) => answerRefund(before, refund.id, answer, { promisedAt, now: clock.now() }));
      if (after === undefined) throw paymentNotFound();
      return after;
    };
    try {
      await ask();
    } catch (error) {
      if (isRefusal(error)) await write(refused);
      throw error;
    }
    return write(done);
  };

  const send = (tenantId: string, found: Found): Promise<IncomingPayment> => {
    const { payment, refund, promisedAt } = found;
    const key = { tenantId, paymentId: payment.id, key: refund.id };
    const request = { ...key, transactionId: payment.transactionId ?? '', amount: refund.amount, promisedAt };
    return step(tenantId, found, () => provider.refund(request), ['sent', 'refused']);
  };
  const book = (tenantId: string, found: Found): Promise<IncomingPayment> => {
    const { payment, refund } = found;
    const body = bookingOf(tenantId, refund, payment.transactionId);
    const ask = () =>
      tickets.post(`/internal/repairs/${payment.repairId}/refunds`, body, refund.id).catch((error: unknown) => {
        // It was asked beforehand, so somebody has given the same money back over the counter in this second.
        if (isRefusal(error)) log.error({ err: error, id: payment.id, refundId: refund.id }, 'a repair refuses money that has gone back');
        throw error;
      });
    return step(tenantId, found, ask, ['booked', 'unbooked']);
  };
  const takeBack = (tenantId: string, found: Found): Promise<IncomingPayment> => {
    const { payment, refund } = found;
    const body = takingBackOf(tenantId, refund, payment.transactionId);
    const ask = () => tickets.post(`/internal/repairs/${payment.repairId}/payments`, body, `${refund.id}-back`);
    return step(tenantId, found, ask, ['takenBack', 'notTakenBack']);
  };

  return async (tenantId, id, refundId) => {
    const found = await find(tenantId, id, refundId);
    if (found.refund.state === 'PROMISED') await send(tenantId, found);
    const sent = await find(tenantId, id, refundId);
    if (sent.refund.state === 'SENT') return book(tenantId, sent);
    return sent.refund.state === 'TAKING_BACK' ? takeBack(tenantId, sent) : sent.payment;
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
