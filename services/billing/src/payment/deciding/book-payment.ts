import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { Clock } from '@riparo/shared/runtime/clock';
import { compact } from '@riparo/shared/json/compact';
import { isRefusal, paymentNotFound } from '../payment.errors.js';
import type { IncomingPayment } from '../payment.js';
import type { IncomingPayments } from '../payment.repository.js';
import { booked, notBooked } from './decide-payment.js';

export interface BookDeps {
  readonly payments: IncomingPayments;
  readonly tickets: InternalClient;
  readonly clock: Clock;
}

/** The provider's number of the money, or what the transfer says. */
const referenceOf = ({ transactionId, reference }: IncomingPayment): string | undefined => transactionId ?? reference;

/**
 * Keeps the promise to book a payment on its repair. It may run again and beside itself: the repair takes an id once. When
 * the repair refuses, the promise is dropped and the refusal thrown; when the tickets service is away, the promise stays,
 * and the clock keeps it later.
 */
export type BookPayment = (tenantId: string, id: string) => Promise<IncomingPayment>;

export const createBookPayment =
  ({ payments, tickets, clock }: BookDeps): BookPayment =>
  async (tenantId, id) => {
    const inTenant = payments.in(tenantId);
    const payment = await inTenant.find(id);
    if (payment === undefined) throw paymentNotFound();
    const { booking, repairId, method, amount } = payment;
    if (booking === undefined) return payment;
    const { byUserId, evenIfNotDue } = booking;
    const body = compact({
      tenantId,
      bookingId: id,
      amount,
      method,
      reference: referenceOf(payment)?.slice(0, 100),
      byUserId,
      evenIfNotDue,
    });
    try {
      await tickets.post(`/internal/repairs/${repairId}/payments`, body, id);
    } catch (error) {
      if (isRefusal(error)) await inTenant.update(id, (before) => notBooked(before, booking, clock.now()));
      throw error;
    }
    return (await inTenant.update(id, (before) => booked(before, clock.now()))) ?? payment;
  };
