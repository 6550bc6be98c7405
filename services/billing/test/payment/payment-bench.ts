import type { IncomingPaymentEventV1 } from '@riparo/shared/contracts/incoming-payments.events';
import { PAYMENT_LINK } from '@riparo/shared/contracts/links';
import type { Money } from '@riparo/shared/contracts/money';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { notFound, unavailable } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { AnyData } from '@riparo/shared/testing/http-client';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { runPaymentClock } from '../../src/payment/run-payment-clock.js';
import { startBench, type Bench, type BenchOptions, type Person } from '../bench.js';
import {
  startStripeServer,
  STRIPE_SECRET_KEY,
  STRIPE_WEBHOOK_SECRET,
  type StripeServer,
  type StripeSession,
} from '@riparo/shared/testing/stripe-server';
import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';

export const euros = (amount: number): Money => ({ amount, currency: 'EUR' });

export interface PaymentView extends AnyData {
  readonly status: string;
  readonly doubt?: string;
  readonly reason?: string;
  readonly version: number;
  readonly refunds: readonly { readonly id: string; readonly state: string }[];
  readonly url?: string;
}

interface Asked {
  readonly bookingId: string;
  readonly amount: Money;
  readonly evenIfNotDue?: boolean;
  readonly dryRun?: boolean;
}

type Counted = PublishedRepair & { readonly version: number };

/** The tickets service, as far as money goes: it takes each id once, and no more than is left unless it must. */
const createTickets = () => {
  const faults: ('none' | 'away' | 'lost answer')[] = [];
  const booked = new Map<string, number>();
  const MEMBERS = {
    REFUND_EXCEEDS_PAID: { amountPaid: euros(0) },
    REPAIR_WITHOUT_OUTCOME: { current: 'CANCELED' },
    REPAIR_ALREADY_PAID: {},
  };
  const refuse = (code: keyof typeof MEMBERS): never => {
    throw new DomainError('conflict', code, code, { extra: MEMBERS[code] });
  };
  const post =
    (known: Map<string, object>): InternalClient['post'] =>
    async (path, body) => {
      await Promise.resolve();
      const [, , , repairId = '', what = ''] = path.split('/');
      const { bookingId: id, amount, evenIfNotDue = false, dryRun = false } = body as Asked;
      const repair = known.get(repairId) as Counted | undefined;
      const fault = faults.shift();
      if (fault === 'away') throw unavailable('tickets');
      if (repair === undefined) throw notFound('repair');
      if (booked.has(id)) return repair as never;
      const signed = what === 'refunds' ? -amount.amount : amount.amount;
      const left = repair.amountDue.amount - repair.amountPaid.amount;
      if (signed < 0 && -signed > repair.amountPaid.amount) refuse('REFUND_EXCEEDS_PAID');
      if (signed > left && !evenIfNotDue) refuse(repair.outcome === undefined ? 'REPAIR_WITHOUT_OUTCOME' : 'REPAIR_ALREADY_PAID');
      if (dryRun) return repair as never;
      booked.set(id, signed);
      const paid = repair.amountPaid.amount + signed;
      const after = { ...repair, amountPaid: euros(paid), amountLeft: euros(Math.max(0, repair.amountDue.amount - paid)) };
      known.set(repairId, { ...after, version: repair.version + 1 });
      if (fault === 'lost answer') throw unavailable('tickets');
      return after as never;
    };
  return { faults, booked, post };
};

const { webhooks } = new Stripe(STRIPE_SECRET_KEY);

interface CallOptions {
  readonly id?: string;
  readonly type?: string;
  readonly secret?: string;
}

/** A call of the provider with a real signature. */
export const callAbout = (
  what: { readonly id: string },
  at: Date,
  { id = `evt_${randomUUID()}`, type = 'checkout.session.completed', secret = STRIPE_WEBHOOK_SECRET }: CallOptions = {},
) => {
  const object = type.includes('refund') ? 'refund' : 'checkout.session';
  const payload = JSON.stringify({ id, object: 'event', type, data: { object: { object, ...what } } });
  return { payload, signature: webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(at.getTime() / 1000) }) };
};

export interface PaymentBench {
  readonly bench: Bench;
  readonly stripe: StripeServer;
  readonly tickets: ReturnType<typeof createTickets>;
  readonly rosa: Person;
  readonly agent: Person;
  readonly admin: Person;
  /** A repair of Rosa's that costs 49.90, as the tickets service has it. */
  repair(part?: Partial<PublishedRepair>): Promise<PublishedRepair>;
  /** Somebody pays at the counter meanwhile. */
  paidAtTheCounter(repairId: string): void;
  checkout(repairId: string): Promise<{ readonly id: string; readonly session: StripeSession }>;
  call(what: { readonly id: string }, options?: CallOptions, at?: Date): Promise<{ readonly status: number; readonly code: string }>;
  read(id: string, by?: Person): Promise<PaymentView>;
  paidOf(repairId: string): number;
  /** The repair has so much by now, whatever billing knows of it. */
  nowPaid(repairId: string, amount: number): void;
  told(): Promise<readonly string[]>;
  /** The clock of payments, some time later. */
  later(ms: number): Promise<void>;
  linkTo(repairId: string): string;
  stop(): Promise<void>;
}

export const startPaymentBench = async ({ config = {}, ...options }: BenchOptions = {}): Promise<PaymentBench> => {
  const [stripe, tickets] = [await startStripeServer(), createTickets()];
  const online = { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_URL: stripe.url };
  const bench = await startBench({ ...options, config: { ...online, ...config }, post: tickets.post });
  const rosa = await bench.customer();
  const [agent, admin] = [bench.person('AGENT'), bench.person('ADMIN')];
  const read: PaymentBench['read'] = async (id, { token } = agent) =>
    (await bench.api.get<PaymentView>(`/payments/${id}`, { token })).body.data;
  const known = (repairId: string): Counted => bench.known.get(repairId) as Counted;
  return {
    bench,
    stripe,
    tickets,
    rosa,
    agent,
    admin,
    read,
    repair: async (part = {}) => {
      const at = '2026-03-01T10:00:00.000Z';
      const outcome = {
        type: 'COMPLETED' as const,
        description: 'Done',
        amount: euros(4_990),
        decidedAt: at,
        decidedByUserId: agent.caller.userId,
      };
      const repair = buildPublishedRepair({
        customerId: rosa.caller.customerId as string,
        contactUserId: rosa.caller.userId,
        status: 'READY_FOR_PICKUP',
        outcome,
        amountDue: euros(4_990),
        amountLeft: euros(4_990),
        ...part,
      });
      await bench.repair(repair);
      bench.known.set(repair.id, { ...repair, version: 1 });
      return repair;
    },
    paidAtTheCounter: (repairId) => {
      bench.known.set(repairId, { ...known(repairId), amountPaid: euros(4_990), amountLeft: euros(0) });
    },
    checkout: async (repairId) => {
      const { status, body, text } = await bench.api.post<PaymentView>('/payments/checkout', { repairId }, { token: rosa.token });
      if (status !== 201) throw new Error(`${status}: ${text}`);
      const session = [...stripe.sessions.values()].find(({ url }) => url === body.data.url);
      return { id: body.data.id, session: session as StripeSession };
    },
    call: async (session, call = {}, at = bench.clock.now()) => {
      const { payload, signature } = callAbout(session, at, call);
      const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature };
      const { status, body } = await bench.api.request('POST', '/payments/stripe/webhook', payload, { headers });
      return { status, code: body.code };
    },
    nowPaid: (repairId, amount) => {
      const left = euros(Math.max(0, known(repairId).amountDue.amount - amount));
      bench.known.set(repairId, { ...known(repairId), amountPaid: euros(amount), amountLeft: left });
    },
    paidOf: (repairId) => known(repairId).amountPaid.amount,
    told: async () => {
      await bench.idle();
      return bench.published
        .filter(({ type }) => type.startsWith('riparo.billing.payment-'))
        .map(({ type, data }) => `${type.slice('riparo.billing.payment-'.length, -3)} ${(data as IncomingPaymentEventV1).payment.id}`);
    },
    later: async (ms) => {
      bench.clock.advance(ms);
      await runPaymentClock(bench.deps)();
    },
    linkTo: (repairId) =>
      bench.platform.links.sign(
        PAYMENT_LINK,
        { tenantId: 'default', subjectId: repairId },
        new Date(bench.clock.now().getTime() + 86_400_000),
      ),
    stop: async () => {
      await bench.stop();
      await stripe.stop();
    },
  };
};
