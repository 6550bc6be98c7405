import type { Clock } from '@riparo/shared/runtime/clock';
import { isRefusal } from '../payment.errors.js';
import type { IncomingPayments } from '../payment.repository.js';
import { answerRefund, rejectionCameBack } from './decide-refund.js';
import type { ContinueRefund } from './refund-online.js';
import type { PaymentProvider } from './stripe-provider.js';

interface Deps {
  readonly payments: IncomingPayments;
  readonly provider: PaymentProvider;
  readonly continueRefund: ContinueRefund;
  readonly clock: Clock;
}

/** Asks the provider what has become of money that went back. `false`: it is none of ours. */
export type CheckRefund = (providerRefundId: string) => Promise<boolean>;

export const createCheckRefund =
  ({ payments, provider, continueRefund, clock }: Deps): CheckRefund =>
  async (providerRefundId) => {
    const found = await provider.findRefund(providerRefundId);
    if (found === undefined) return false;
    const { tenantId, paymentId, key, hasFailed } = found;
    const inTenant = payments.in(tenantId);
    const payment = await inTenant.find(paymentId);
    if (payment === undefined) return false;
    if (!hasFailed) return true;
    const refund = payment.refunds?.find(({ id }) => id === key);
    if (refund === undefined) {
      await inTenant.update(paymentId, (before) => rejectionCameBack(before, key, clock.now()));
      return true;
    }
    // Whether the repair has it decides what is left to do, and the answer may have been lost: it is asked.
    if (refund.state === 'SENT')
      await continueRefund(tenantId, paymentId, key).catch((error: unknown) => {
        if (!isRefusal(error)) throw error;
      });
    await inTenant.update(paymentId, (before) => answerRefund(before, key, 'cameBack', { now: clock.now() }));
    return true;
  };
