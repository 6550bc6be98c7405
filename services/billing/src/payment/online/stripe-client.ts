import { unavailable } from '@riparo/shared/errors/common-errors';
import type { DomainError } from '@riparo/shared/errors/domain-error';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Logger } from 'pino';
import Stripe from 'stripe';
import { onlinePaymentOff } from '../payment.errors.js';

export interface StripeConfig {
  /** Missing: online payments are off. */
  readonly STRIPE_SECRET_KEY?: string | undefined;
  readonly STRIPE_WEBHOOK_SECRET?: string | undefined;
  readonly STRIPE_API_URL: string;
}

export interface Around {
  readonly clock: Clock;
  readonly log: Logger;
}

const TIMEOUT_MS = 8_000;

const PROVIDER = 'The payment provider';

export const isMissing = (error: unknown): boolean => error instanceof Stripe.errors.StripeError && error.code === 'resource_missing';

export const clientOf = ({ STRIPE_SECRET_KEY: key, STRIPE_API_URL }: StripeConfig): Stripe | undefined => {
  if (key === undefined) return undefined;
  const { protocol, hostname: host, port } = new URL(STRIPE_API_URL);
  return new Stripe(key, {
    protocol: protocol === 'http:' ? 'http' : 'https',
    host,
    ...(port === '' ? {} : { port }),
    timeout: TIMEOUT_MS,
    maxNetworkRetries: 1,
    telemetry: false,
  });
};

/** Asks the provider; what it refuses is `refused` with its words. */
export type Ask = <T>(refused: (why: string) => DomainError, call: (stripe: Stripe) => Promise<T>) => Promise<T>;

export const createAsk =
  (client: Stripe | undefined, log: Logger): Ask =>
  async (refused, call) => {
    if (client === undefined) throw onlinePaymentOff();
    try {
      return await call(client);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeError)) throw error;
      const { type, code, statusCode } = error;
      const isOurs = type === 'StripeInvalidRequestError' || type === 'StripeCardError';
      if (isOurs) throw refused(error.message);
      // A wrong key is the operator's to mend: nothing was changed, and the log says why.
      log.error({ type, code, statusCode }, 'the payment provider did not do what it was asked');
      throw unavailable(PROVIDER);
    }
  };
