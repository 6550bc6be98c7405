import type { AcrossTenants, Found } from '@riparo/shared/persistence/across-tenants';
import type { Clock } from '@riparo/shared/runtime/clock';
import { MINUTE_MS } from '@riparo/shared/time/units';
import type { Logger } from 'pino';
import type { BookPayment } from './deciding/book-payment.js';
import type { SendBack } from './deciding/send-back.js';
import { lapse } from './online/decide-online.js';
import type { ContinueRefund } from './online/refund-online.js';
import type { CheckSession } from './online/check-session.js';
import { CHECKOUT_MS, isUnderWay } from './payment.js';
import type { IncomingPayments } from './payment.repository.js';

export interface PaymentClockDeps {
  readonly payments: IncomingPayments;
  /** Finds payments with something due, over all tenants. */
  readonly duePayments: AcrossTenants;
  readonly bookPayment: BookPayment;
  readonly sendBack: SendBack;
  readonly continueRefund: ContinueRefund;
  readonly checkSession: CheckSession;
  readonly clock: Clock;
  readonly log: Logger;
}

const BATCH = 100;
/** What could not be carried on waits, so that it hides nothing else. */
const POSTPONED_MS = 10 * MINUTE_MS;

/** The job that keeps promises which a crash or an absence left, and looks after pages whose end nobody told of. */
export const runPaymentClock = (deps: PaymentClockDeps) => {
  const { payments, duePayments, clock, log } = deps;
  const handle = async ({ tenantId, id }: Found): Promise<void> => {
    const payment = await payments.in(tenantId).find(id);
    if (payment === undefined) return;
    const refund = payment.refunds?.find(isUnderWay);
    if (payment.booking !== undefined) await deps.bookPayment(tenantId, id);
    else if (payment.sendingBack !== undefined) await deps.sendBack(tenantId, id);
    else if (refund !== undefined) await deps.continueRefund(tenantId, id, refund.id);
    else if (payment.checkout !== undefined) await deps.checkSession(payment.checkout.sessionId);
    // The provider was never asked, or nobody waited for its answer.
    else if (clock.now().getTime() - payment.createdAt.getTime() > CHECKOUT_MS)
      await payments.in(tenantId).update(id, (before) => lapse(before, clock.now()));
  };
  const postpone = async ({ tenantId, id }: Found): Promise<void> => {
    const now = clock.now();
    const later = new Date(now.getTime() + POSTPONED_MS);
    await payments
      .in(tenantId)
      .update(id, (before) => ({ state: before.clockAt === undefined || before.clockAt > now ? before : { ...before, clockAt: later } }));
  };
  return async (): Promise<void> => {
    for (const each of await duePayments.find({ clockAt: { $lte: clock.now() } }, BATCH)) {
      await handle(each).catch((error: unknown) => log.warn({ err: error, id: each.id }, 'could not carry on with a payment'));
      await postpone(each);
    }
  };
};
