import type { Money } from '@riparo/shared/contracts/money';
import { compact } from '@riparo/shared/json/compact';
import type { Language } from '@riparo/shared/time/write-time';
import type Stripe from 'stripe';
import { onlinePaymentOff, onlinePaymentRefused, signatureNotValid } from '../payment.errors.js';
import { clientOf, createAsk, isMissing, type Around, type StripeConfig } from './stripe-client.js';
import { createStripeRefunds } from './stripe-refunds.js';

/** The provider's page, as it is now. */
export interface Session {
  readonly id: string;
  readonly url?: string;
  readonly isPaid: boolean;
  /** It ended, or the customer's bank refused a payment that takes days: nobody can pay on it any more. */
  readonly isOver: boolean;
  /** The customer has done what there was to do, and the money takes days. */
  readonly isUnderWay: boolean;
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
  /** Where it is about money that goes back. */
  readonly refundId?: string;
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

/** Seconds by which the clock of a call may differ, as the provider advises. */
const TOLERANCE_S = 300;
const MOST_METHODS = 20;

const idOf = (value: string | { readonly id: string } | null): string | undefined =>
  value === null ? undefined : typeof value === 'string' ? value : value.id;

/** Whether the bank of the customer has refused; known only where the provider was asked for it. */
const hasFailed = ({ payment_intent: intent }: Stripe.Checkout.Session): boolean =>
  typeof intent === 'object' && (intent?.status === 'requires_payment_method' || intent?.status === 'canceled');

const sessionOf = (session: Stripe.Checkout.Session): Session => {
  const { status, payment_status: paymentStatus } = session;
  const isUnpaid = status === 'complete' && paymentStatus !== 'paid';
  return compact({
    id: session.id,
    url: session.url ?? undefined,
    isPaid: status === 'complete' && paymentStatus === 'paid',
    isOver: status === 'expired' || (isUnpaid && hasFailed(session)),
    isUnderWay: isUnpaid && !hasFailed(session),
    tenantId: session.metadata?.tenantId ?? '',
    paymentId: session.client_reference_id ?? '',
    amount: { amount: session.amount_total ?? 0, currency: (session.currency ?? '').toUpperCase() },
    transactionId: idOf(session.payment_intent),
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
export const createStripeProvider = (config: StripeConfig, around: Around) => {
  const client = clientOf(config);
  const ask = createAsk(client, around.log);
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
          return sessionOf(await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] }));
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

    ...createStripeRefunds(ask, around),

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
        const what = 'object' in object ? object.object : undefined;
        const id = 'id' in object ? object.id : undefined;
        return compact({
          ...{ id: event.id, type: event.type },
          sessionId: what === 'checkout.session' ? id : undefined,
          refundId: what === 'refund' ? id : undefined,
        });
      } catch (error) {
        around.log.warn({ err: error }, 'refused a call of the payment provider');
        throw signatureNotValid();
      }
    },
  };
};

export type PaymentProvider = ReturnType<typeof createStripeProvider>;
