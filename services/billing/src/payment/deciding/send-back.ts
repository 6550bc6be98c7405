import type { Clock } from '@riparo/shared/runtime/clock';
import { rejectionKey } from '../online/decide-refund.js';
import type { PaymentProvider } from '../online/stripe-provider.js';
import { isRefusal, paymentNotFound } from '../payment.errors.js';
import type { IncomingPayment } from '../payment.js';
import type { IncomingPayments } from '../payment.repository.js';
import { notSentBack, sentBack } from './decide-payment.js';

export interface SendBackDeps {
  readonly payments: IncomingPayments;
  readonly provider: PaymentProvider;
  readonly clock: Clock;
}

/** Keeps the promise to give rejected online money back. It may run again: the provider takes an idempotency key once. */
export type SendBack = (tenantId: string, id: string) => Promise<IncomingPayment>;

export const createSendBack =
  ({ payments, provider, clock }: SendBackDeps): SendBack =>
  async (tenantId, id) => {
    const inTenant = payments.in(tenantId);
    const payment = await inTenant.find(id);
    if (payment === undefined) throw paymentNotFound();
    if (payment.sendingBack === undefined) return payment;
    const promisedAt = payment.sendingBack.at;
    const key = { tenantId, paymentId: id, key: rejectionKey(id, promisedAt) };
    try {
      await provider.refund({ ...key, transactionId: payment.transactionId ?? '', amount: payment.amount, promisedAt });
    } catch (error) {
      if (isRefusal(error)) await inTenant.update(id, (before) => notSentBack(before, promisedAt, clock.now()));
      throw error;
    }
    return (await inTenant.update(id, (before) => sentBack(before, promisedAt, clock.now()))) ?? payment;
  };
