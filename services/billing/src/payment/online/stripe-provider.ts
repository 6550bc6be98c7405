import type { Money } from '@riparo/shared/contracts/money';
import { unavailable } from '@riparo/shared/errors/common-errors';
import type { DomainError } from '@riparo/shared/errors/domain-error';
import { compact } from '@riparo/shared/json/compact';
import type { Language } from '@riparo/shared/time/write-time';
import type { Logger } from 'pino';
import Stripe from 'stripe';
import { onlinePaymentOff, onlinePaymentRefused, refundRefused, signatureNotValid } from '../payment.errors.js';

export interface StripeConfig {
  /** Missing: online payments are off. */
  readonly STRIPE_SECRET_KEY?: string | undefined;
  readonly STRIPE_WEBHOOK_SECRET?: string | undefined;
  readonly STRIPE_API_URL: string;
}

/** The provider's page, as it is now. */
export interface Session {
  readonly id: string;
  readonly url?: string;
  readonly isPaid: boolean;
  readonly isExpired: boolean;
  readonly tenantId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly transactionId?: string;
}

/** A call of the provider whose signature is right. */
export interface SignedCall {
  readonly id: string;
  readonly type: string;
  /** Of what the call is about, where that is a page. */
  readonly sessionId?: string;
}

export interface SavedMethod {
  readonly id: string;
  readonly brand: string;
  readonly last4: string;
  readonly expiryMonth: number;
  readonly expiryYear: number;
  readonly isDefault: boolean;
}

export interface CheckoutRequest {
  readonly tenantId: string;
  readonly paymentId: string;
  readonly repairNumber: string;
  readonly description: string;
  readonly amount: Money;
  readonly language: Language;
  /** Whose cards are offered. */
  readonly payerId?: string | undefined;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly expiresAt: Date;
}

const TIMEOUT_MS = 8_000;
/** Seconds by which the clock of a call may differ, as the provider advises. */
const TOLERANCE_S = 300;
const MOST_METHODS = 20;

const PROVIDER = 'The payment provider';

const isMissing = (error: unknown): boolean => error instanceof Stripe.errors.StripeError && error.code === 'resource_missing';

const idOf = (value: string | { readonly id: string } | null): string | undefined =>
  value === null ? undefined : typeof value === 'string' ? value : value.id;

const sessionOf = (session: Stripe.Checkout.Session): Session =>
  compact({
    id: session.id,
    url: session.url ?? undefined,
    isPaid: session.status === 'complete' && session.payment_status === 'paid',
    isExpired: session.status === 'expired',
    tenantId: session.metadata?.tenantId ?? '',
    paymentId: session.client_reference_id ?? '',
    amount: { amount: session.amount_total ?? 0, currency: (session.currency ?? '').toUpperCase() },
    transactionId: idOf(session.payment_intent),
  });

const clientOf = ({ STRIPE_SECRET_KEY: key, STRIPE_API_URL }: StripeConfig): Stripe | undefined => {
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

/** The card of a saved method; the provider may keep others, which are not shown. */
const methodOf = ({ id, card }: Stripe.PaymentMethod, defaultId: string | undefined): readonly SavedMethod[] =>
  card === undefined
    ? []
    : [{ id, brand: card.brand, last4: card.last4, expiryMonth: card.exp_month, expiryYear: card.exp_year, isDefault: id === defaultId }];

/**
 * What this service asks of the payment provider, and nothing else. Without a key every question is refused with 409
 * ONLINE_PAYMENT_OFF. Every call that moves money or makes something carries an idempotency key of ours.
 */
export const createStripeProvider = (config: StripeConfig, log: Logger) => {
  const client = clientOf(config);

  const ask = async <T>(refused: (why: string) => DomainError, call: (stripe: Stripe) => Promise<T>): Promise<T> => {
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

  return {
    isOn: client !== undefined,

    startCheckout: (request: CheckoutRequest): Promise<Session> =>
      ask(onlinePaymentRefused, async (stripe) => {
        const { tenantId, paymentId, repairNumber, description, amount, language, payerId, successUrl, cancelUrl, expiresAt } = request;
        const metadata = { tenantId, paymentId, repairNumber };
        const price = { currency: amount.currency.toLowerCase(), unit_amount: amount.amount, product_data: { name: description } };
        const session = await stripe.checkout.sessions.create(
          {
            mode: 'payment',
            client_reference_id: paymentId,
            metadata,
            payment_intent_data: { metadata, description },
            line_items: [{ quantity: 1, price_data: price }],
            ...(payerId === undefined ? {} : { customer: payerId }),
            locale: language,
            success_url: successUrl,
            cancel_url: cancelUrl,
            expires_at: Math.floor(expiresAt.getTime() / 1000),
          },
          { idempotencyKey: `checkout-${paymentId}` },
        );
        return sessionOf(session);
      }),

    /** `undefined`: the provider does not know it. */
    findSession: (id: string): Promise<Session | undefined> =>
      ask(onlinePaymentRefused, async (stripe) => {
        try {
          return sessionOf(await stripe.checkout.sessions.retrieve(id));
        } catch (error) {
          if (isMissing(error)) return undefined;
          throw error;
        }
      }),

    /** Ends the page, so that nobody pays what is no longer asked for. */
    endCheckout: (id: string): Promise<void> =>
      ask(onlinePaymentRefused, async (stripe) => {
        await stripe.checkout.sessions.expire(id);
      }),

    refund: ({ key, transactionId, amount }: { readonly key: string; readonly transactionId: string; readonly amount: Money }) =>
      ask(refundRefused, async (stripe) => {
        await stripe.refunds.create({ payment_intent: transactionId, amount: amount.amount }, { idempotencyKey: `refund-${key}` });
      }),

    createPayer: (tenantId: string, customerId: string): Promise<string> =>
      ask(onlinePaymentRefused, async (stripe) => {
        const made = await stripe.customers.create(
          { metadata: { tenantId, customerId } },
          { idempotencyKey: `payer-${tenantId}-${customerId}` },
        );
        return made.id;
      }),

    startSetup: (payerId: string, language: Language, returnUrl: string): Promise<string> =>
      ask(onlinePaymentRefused, async (stripe) => {
        const session = await stripe.checkout.sessions.create({
          mode: 'setup',
          customer: payerId,
          allowed_payment_method_types: ['card'],
          locale: language,
          success_url: returnUrl,
          cancel_url: returnUrl,
        });
        return session.url ?? '';
      }),

    listMethods: (payerId: string): Promise<readonly SavedMethod[]> =>
      ask(onlinePaymentRefused, async (stripe) => {
        const [payer, methods] = await Promise.all([
          stripe.customers.retrieve(payerId),
          stripe.customers.listPaymentMethods(payerId, { type: 'card', limit: MOST_METHODS }),
        ]);
        const chosen = payer.deleted === true ? undefined : idOf(payer.invoice_settings.default_payment_method);
        return methods.data.flatMap((method) => methodOf(method, chosen));
      }),

    removeMethod: (id: string): Promise<void> =>
      ask(onlinePaymentRefused, async (stripe) => {
        await stripe.paymentMethods.detach(id);
      }),

    chooseMethod: (payerId: string, id: string): Promise<void> =>
      ask(onlinePaymentRefused, async (stripe) => {
        await stripe.customers.update(payerId, { invoice_settings: { default_payment_method: id } });
      }),

    /** Checks the signature before anything is read. */
    readCall: (bytes: Buffer, signature: string, now: Date): SignedCall => {
      const secret = config.STRIPE_WEBHOOK_SECRET;
      if (client === undefined || secret === undefined) throw onlinePaymentOff();
      try {
        const event = client.webhooks.constructEvent(bytes, signature, secret, TOLERANCE_S, undefined, now.getTime());
        const { object } = event.data;
        const isSession = 'object' in object && object.object === 'checkout.session';
        return { id: event.id, type: event.type, ...(isSession ? { sessionId: object.id } : {}) };
      } catch (error) {
        log.warn({ err: error }, 'refused a call of the payment provider');
        throw signatureNotValid();
      }
    },
  };
};

export type PaymentProvider = ReturnType<typeof createStripeProvider>;
