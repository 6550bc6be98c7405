import type { Clock } from '@riparo/shared/runtime/clock';
import type { BookPayment } from '../deciding/book-payment.js';
import { isRefusal } from '../payment.errors.js';
import type { IncomingPayment } from '../payment.js';
import type { IncomingPayments } from '../payment.repository.js';
import { followSession } from './decide-online.js';
import type { PaymentProvider } from './stripe-provider.js';

export interface CheckSessionDeps {
  readonly payments: IncomingPayments;
  readonly provider: PaymentProvider;
  readonly bookPayment: BookPayment;
  readonly clock: Clock;
}

/**
 * Asks the provider what has become of its page, and carries that out. The provider's call, the customer's return and the
 * clock all come here, in any order and at once. `undefined`: the page is none of ours.
 */
export type CheckSession = (sessionId: string) => Promise<IncomingPayment | undefined>;

export const createCheckSession =
  ({ payments, provider, bookPayment, clock }: CheckSessionDeps): CheckSession =>
  async (sessionId) => {
    const session = await provider.findSession(sessionId);
    if (session === undefined || session.tenantId === '') return undefined;
    const inTenant = payments.in(session.tenantId);
    const after = await inTenant.update(session.paymentId, (before) => followSession(before, session, clock.now()));
    if (after?.booking === undefined) return after;
    try {
      return await bookPayment(session.tenantId, after.id);
    } catch (error) {
      // The repair does not take it: it is TO_VERIFY, and the desk has been told.
      if (isRefusal(error)) return inTenant.find(after.id);
      throw error;
    }
  };
