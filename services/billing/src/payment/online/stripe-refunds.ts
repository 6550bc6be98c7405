import type { Money } from '@riparo/shared/contracts/money';
import { HOUR_MS } from '@riparo/shared/time/units';
import Stripe from 'stripe';
import { refundRefused } from '../payment.errors.js';
import { isMissing, type Around, type Ask } from './stripe-client.js';

/** Which promise of ours a refund keeps. */
export interface RefundKey {
  readonly tenantId: string;
  readonly paymentId: string;
  /** The refund, or the rejection, see `rejectionKey`. */
  readonly key: string;
}

/** What the provider says of a refund of ours. */
export interface ProviderRefund extends RefundKey {
  readonly hasFailed: boolean;
}

export interface RefundRequest extends RefundKey {
  readonly transactionId: string;
  readonly amount: Money;
  readonly promisedAt: Date;
}

const NOT_GONE: readonly (string | null)[] = ['failed', 'canceled'];

/** `undefined`: somebody has made it in the provider's own pages. */
const refundOf = ({ status, metadata }: Stripe.Refund): ProviderRefund | undefined => {
  const { tenantId, paymentId, key } = metadata ?? {};
  if (tenantId === undefined || paymentId === undefined || key === undefined) return undefined;
  return { tenantId, paymentId, key, hasFailed: NOT_GONE.includes(status) };
};

/** The provider forgets idempotency keys after 24 hours. */
const KEYS_HOLD_MS = 12 * HOUR_MS;
/** More refunds of one payment than anybody makes. */
const MOST_REFUNDS = 100;

const isAlreadyRefunded = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeError && error.code === 'charge_already_refunded';

/** Money that goes back the way it came. */
export const createStripeRefunds = (ask: Ask, { clock, log }: Around) => ({
  /**
   * Gives money back, once for each key: also when it is asked again days later, after the provider has forgotten the key.
   * Where the whole payment has gone back already, in the provider's own pages, the customer has what was asked for.
   */
  refund: ({ transactionId, amount, promisedAt, ...key }: RefundRequest): Promise<void> =>
    ask(refundRefused, async (stripe) => {
      if (clock.now().getTime() - promisedAt.getTime() > KEYS_HOLD_MS) {
        const { data } = await stripe.refunds.list({ payment_intent: transactionId, limit: MOST_REFUNDS });
        const same = data.map(refundOf).find((refund) => refund?.key === key.key);
        if (same?.hasFailed === true) throw refundRefused('it did not reach the customer');
        if (same !== undefined) return;
      }
      try {
        const body = { payment_intent: transactionId, amount: amount.amount, metadata: { ...key } };
        const made = await stripe.refunds.create(body, { idempotencyKey: `refund-${key.key}` });
        if (NOT_GONE.includes(made.status)) throw refundRefused(made.failure_reason ?? 'it failed at once');
      } catch (error) {
        if (!isAlreadyRefunded(error)) throw error;
        log.warn({ key }, 'the payment had gone back at the provider already');
      }
    }),

  /** `undefined`: the provider does not know it, or somebody has made it in the provider's own pages. */
  findRefund: (id: string): Promise<ProviderRefund | undefined> =>
    ask(refundRefused, async (stripe) => {
      try {
        return refundOf(await stripe.refunds.retrieve(id));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    }),
});
