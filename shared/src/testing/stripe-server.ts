import { listen } from '../composition/http-server.js';
import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';

/** A page of the provider, as it keeps it. */
export interface StripeSession {
  readonly id: string;
  mode: string;
  status: 'open' | 'complete' | 'expired';
  payment_status: 'paid' | 'unpaid';
  amount_total: number;
  currency: string;
  payment_intent: string | null;
  /** Of a payment by a method that takes days. */
  intent_status: 'processing' | 'requires_payment_method' | 'succeeded' | null;
  customer: string | null;
  readonly client_reference_id: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly url: string;
  readonly success_url: string;
}

/** Money that went back, as it keeps it. */
export interface StripeRefund {
  readonly id: string;
  readonly payment_intent: string;
  readonly amount: number;
  readonly metadata: Readonly<Record<string, string>>;
  status: 'succeeded' | 'failed';
}

type Form = Readonly<Record<string, string | undefined>>;

export const STRIPE_WEBHOOK_SECRET = 'whsec_of_the_tests';
export const STRIPE_SECRET_KEY = 'sk_test_of_the_tests';

const metadataIn = (form: Form): Record<string, string> =>
  Object.fromEntries(
    Object.entries(form).flatMap(([key, value = '']) => {
      const [, name] = /^metadata\[(\w+)\]$/.exec(key) ?? [];
      return name === undefined ? [] : [[name, value]];
    }),
  );

/**
 * A server of our own that speaks the parts of Stripe's API which are used: pages, refunds, customers and their cards, and
 * idempotency keys. What the customer does on the page, the test does through `pay`.
 */
export const startStripeServer = async () => {
  const sessions = new Map<string, StripeSession>();
  const refunds: StripeRefund[] = [];
  const cards = new Map<string, { id: string; customer: string | null }>();
  const defaults = new Map<string, string>();
  const answered = new Map<string, { readonly status: number; readonly body: unknown }>();
  const requests: string[] = [];
  /** What the next requests are answered with instead, or that they are carried out and never answered. */
  const faults: ('503' | 'hang up' | 'refuse')[] = [];

  const cardOf = (id: string) => ({
    id,
    object: 'payment_method',
    type: 'card',
    card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2030 },
  });
  const missing = (what: string) => ({
    status: 404,
    body: { error: { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${what}` } },
  });
  const found = (body: unknown) => ({ status: 200, body });

  const startSession = (form: Form): StripeSession => {
    const id = `cs_test_${randomUUID().replaceAll('-', '')}`;
    const session: StripeSession = {
      id,
      mode: form.mode ?? '',
      status: 'open',
      payment_status: 'unpaid',
      amount_total: Number(form['line_items[0][price_data][unit_amount]'] ?? 0),
      currency: form['line_items[0][price_data][currency]'] ?? 'eur',
      payment_intent: null,
      intent_status: null,
      customer: form.customer ?? null,
      client_reference_id: form.client_reference_id ?? null,
      metadata: metadataIn(form),
      url: `https://checkout.example.test/${id}`,
      success_url: form.success_url ?? '',
    };
    sessions.set(id, session);
    return session;
  };

  const sessionAs = ({ payment_intent: id, intent_status: status, ...session }: StripeSession, isExpanded: boolean) => ({
    object: 'checkout.session',
    ...session,
    payment_intent: isExpanded && id !== null ? { id, object: 'payment_intent', status } : id,
  });

  const giveBack = (form: Form) => {
    const intent = form.payment_intent ?? '';
    const paid = [...sessions.values()].find(({ payment_intent }) => payment_intent === intent)?.amount_total ?? 0;
    const gone = refunds.filter(({ payment_intent, status }) => payment_intent === intent && status === 'succeeded');
    if (gone.reduce((sum, { amount }) => sum + amount, 0) >= paid) {
      const error = { type: 'invalid_request_error', code: 'charge_already_refunded', message: 'Charge has already been refunded.' };
      return { status: 400, body: { error } };
    }
    const about = { id: `re_${randomUUID()}`, payment_intent: intent, metadata: metadataIn(form) };
    const refund: StripeRefund = { ...about, amount: Number(form.amount), status: 'succeeded' };
    refunds.push(refund);
    return found({ object: 'refund', ...refund });
  };
  const findRefunds = (id: string, { payment_intent: intent }: Form) => {
    const all = refunds.map((refund) => ({ object: 'refund', ...refund }));
    const one = all.find((refund) => refund.id === id);
    if (id !== '') return one === undefined ? missing('refund') : found(one);
    return found({ object: 'list', data: all.filter(({ payment_intent }) => payment_intent === intent), has_more: false });
  };

  const customerOf = (id: string) => ({
    id,
    object: 'customer',
    invoice_settings: { default_payment_method: defaults.get(id) ?? null },
  });

  const carryOut = (method: string, path: string, form: Form): { readonly status: number; readonly body: unknown } => {
    const [noun = '', id = '', verb = ''] = path.replace('/v1/checkout/', '/v1/').slice('/v1/'.length).split('/');
    const session = sessions.get(id);
    if (noun === 'sessions' && id === '') return found({ object: 'checkout.session', ...startSession(form) });
    if (noun === 'sessions' && session === undefined) return missing('checkout.session');
    if (noun === 'sessions' && session !== undefined && verb === 'expire') {
      if (session.status !== 'open')
        return { status: 400, body: { error: { type: 'invalid_request_error', message: 'Only open sessions can be expired.' } } };
      session.status = 'expired';
    }
    if (noun === 'sessions' && session !== undefined) return found(sessionAs(session, form['expand[0]'] === 'payment_intent'));
    if (noun === 'refunds') return method === 'POST' ? giveBack(form) : findRefunds(id, form);
    if (noun === 'payment_methods' && verb === 'detach') {
      const card = cards.get(id);
      if (card === undefined) return missing('payment_method');
      card.customer = null;
      return found(cardOf(id));
    }
    if (noun === 'customers' && verb === 'payment_methods') {
      const data = [...cards.values()].filter(({ customer }) => customer === id).map((card) => cardOf(card.id));
      return found({ object: 'list', data, has_more: false });
    }
    if (noun === 'customers' && method === 'POST' && id !== '') defaults.set(id, form['invoice_settings[default_payment_method]'] ?? '');
    return noun === 'customers' ? found(customerOf(id === '' ? `cus_${randomUUID().replaceAll('-', '')}` : id)) : missing('path');
  };

  const answerTo = async (...[request, response]: Parameters<RequestListener>): Promise<void> => {
    const { method = 'GET', url = '/', headers } = request;
    const { pathname, searchParams } = new URL(url, 'http://stripe');
    const form = Object.fromEntries([...searchParams, ...new URLSearchParams(await text(request))]);
    requests.push(`${method} ${pathname}`);
    const fault = faults.shift();
    const reply = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const refusal = (type: string, message: string) => ({ error: { type, message } });
    if (headers.authorization !== `Bearer ${STRIPE_SECRET_KEY}`) reply(401, refusal('invalid_request_error', 'Invalid API Key provided'));
    else if (fault === '503') reply(503, refusal('api_error', 'away'));
    else if (fault === 'refuse') reply(400, refusal('invalid_request_error', 'Insufficient funds in the account'));
    else {
      const key = headers['idempotency-key'];
      const known = typeof key === 'string' ? answered.get(key) : undefined;
      const answer = known ?? carryOut(method, pathname, form);
      if (typeof key === 'string') answered.set(key, answer);
      if (fault === 'hang up') response.destroy();
      else reply(answer.status, answer.body);
    }
  };
  const app: RequestListener = (request, response) => void answerTo(request, response);
  const server = await listen(app, { port: 0, host: '127.0.0.1' });

  return {
    url: `http://127.0.0.1:${server.port}`,
    sessions,
    refunds,
    cards,
    requests,
    faults,
    newest: (): StripeSession => [...sessions.values()].at(-1) as StripeSession,
    /** The customer pays on the page. */
    pay: (session: StripeSession, other: { readonly amount?: number; readonly currency?: string } = {}): void => {
      session.status = 'complete';
      session.payment_status = 'paid';
      session.payment_intent ??= `pi_${session.id}`;
      session.intent_status = 'succeeded';
      session.amount_total = other.amount ?? session.amount_total;
      session.currency = other.currency ?? session.currency;
    },
    /** The customer has a direct debit made, whose money takes days; or the bank refuses it. */
    payLater: (session: StripeSession, isRefused = false): void => {
      session.status = 'complete';
      session.payment_intent ??= `pi_${session.id}`;
      session.intent_status = isRefused ? 'requires_payment_method' : 'processing';
    },
    /** A day has passed: what was answered under an idempotency key is forgotten. */
    forgetKeys: (): void => answered.clear(),
    stop: () => server.close(),
  };
};

export type StripeServer = Awaited<ReturnType<typeof startStripeServer>>;
