import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { noContent } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import type { Logger } from 'pino';
import { signatureNotValid } from '../payment.errors.js';
import type { ProviderCalls } from '../payment.repository.js';
import type { CheckRefund } from './check-refund.js';
import type { CheckSession } from './check-session.js';
import type { PaymentProvider } from './stripe-provider.js';

/** The header in which the provider signs its calls. */
export const SIGNATURE_HEADER = 'stripe-signature';

/** Other calls are taken and nothing follows from them. */
const SETTLED_BY = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
];

/** Of money that goes back, weeks later too; in older and newer words of the provider. */
const ABOUT_REFUNDS = ['refund.failed', 'refund.updated', 'charge.refund.updated'];

interface Deps {
  readonly provider: PaymentProvider;
  readonly providerCalls: ProviderCalls;
  readonly checkSession: CheckSession;
  readonly checkRefund: CheckRefund;
  readonly log: Logger;
}

/**
 * `POST /payments/stripe/webhook`: the provider tells of its pages. A call is remembered once what follows from it is done, so
 * that one that failed is taken again when the provider repeats it. What the call says of amounts is not believed: the
 * provider is asked.
 */
export const receiveCall =
  ({ provider, providerCalls, checkSession, checkRefund, log }: Deps) =>
  async ({ signed, now }: PublicCall): Promise<Reply> => {
    if (signed === undefined) throw signatureNotValid();
    const { id, type, sessionId, refundId } = provider.readCall(signed.bytes, signed.signature, now);
    // A provider's account belongs to the installation, not to a tenant.
    const known = providerCalls.in(DEFAULT_TENANT);
    if ((await known.find(id)) !== undefined) return noContent();
    if (sessionId !== undefined && SETTLED_BY.includes(type)) {
      const payment = await checkSession(sessionId);
      if (payment === undefined) log.warn({ id, type }, 'the payment provider tells of a page that is none of ours');
    }
    if (refundId !== undefined && ABOUT_REFUNDS.includes(type) && !(await checkRefund(refundId)))
      log.warn({ id, type }, 'the payment provider tells of money that somebody gave back in its own pages');
    await known.insert({ id, type });
    return noContent();
  };
