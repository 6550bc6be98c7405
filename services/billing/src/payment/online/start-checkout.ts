import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { PAYMENT_LINK, paymentPath } from '@riparo/shared/contracts/links';
import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import { unavailable } from '@riparo/shared/errors/common-errors';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { SignedLinks } from '@riparo/shared/http/signed-link';
import { uuid } from '@riparo/shared/http/schemas';
import { compact } from '@riparo/shared/json/compact';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { IdSource } from '@riparo/shared/runtime/ids';
import { DAY_MS, HOUR_MS } from '@riparo/shared/time/units';
import Joi from 'joi';
import { languageOf, type CentreOf } from '../../centre.js';
import type { Replicas } from '../../replica/replicas.js';
import { contactOf } from '../contact-of.js';
import { refuseUnlessDue, type FindRepair } from '../find-repair.js';
import { findPayable, isCustomer } from '../payment.access.js';
import { isRefusal, onlinePaymentOff, paymentNotFound, paymentUnderWay, repairAlreadyPaid } from '../payment.errors.js';
import { CHECKOUT_MS, withClock, type IncomingPayment } from '../payment.js';
import type { IncomingPayments, Payers } from '../payment.repository.js';
import { lapse } from './decide-online.js';
import type { CheckSession } from './check-session.js';
import { isPayableOnline } from './payable-online.js';
import type { PaymentProvider } from './stripe-provider.js';

interface Body {
  readonly repairId: string;
}
export const startCheckoutBody = Joi.object<Body>({ repairId: uuid().required() });

export interface CheckoutDeps {
  readonly payments: IncomingPayments;
  readonly payers: Payers;
  readonly provider: PaymentProvider;
  readonly checkSession: CheckSession;
  readonly findRepair: FindRepair;
  readonly replicas: Pick<Replicas, 'users'>;
  readonly centreOf: CentreOf;
  readonly links: SignedLinks;
  readonly clock: Clock;
  readonly publicUrl: string;
}

/** Who opens the page: somebody signed in, or whoever has the link. */
export interface Opener {
  readonly tenantId: string;
  readonly ids: IdSource;
  /** Missing: by the link. */
  readonly userId?: string | undefined;
  /** Their cards are offered: not to whoever has the link. */
  readonly customerId?: string | undefined;
}

const refuseIfPaid = ({ status, arrivedAt, underWay, amount }: IncomingPayment): void => {
  if (status === 'VERIFIED' || arrivedAt !== undefined) throw repairAlreadyPaid();
  if (underWay === true) throw paymentUnderWay(amount);
};

/** The page that is open for the repair, if what it asks for is still due. Another one is ended. */
const reusable = async (
  { payments, provider, checkSession, clock }: CheckoutDeps,
  tenantId: string,
  open: IncomingPayment,
  { amount: left, payerId }: Pick<IncomingPayment, 'amount' | 'payerId'>,
): Promise<IncomingPayment | undefined> => {
  const seen = open.checkout === undefined ? open : ((await checkSession(open.checkout.sessionId)) ?? open);
  refuseIfPaid(seen);
  if (seen.status !== 'STARTED') return undefined;
  const age = clock.now().getTime() - seen.createdAt.getTime();
  // The provider opens no page that ends within half an hour.
  const isFresh = age < (seen.checkout === undefined ? CHECKOUT_MS - HOUR_MS : CHECKOUT_MS);
  // The page offers the cards of whom it was opened for, to nobody else.
  if (isFresh && seen.amount.amount === left.amount && seen.payerId === payerId) return seen;
  // Somebody may be paying at this moment: then the provider refuses to end the page, and what was done on it counts.
  if (seen.checkout !== undefined)
    try {
      await provider.endCheckout(seen.checkout.sessionId);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await checkSession(seen.checkout.sessionId);
    }
  const ended = await payments.in(tenantId).update(seen.id, (before) => lapse(before, clock.now()));
  if (ended !== undefined) refuseIfPaid(ended);
  return undefined;
};

/** The payment for which a page is opened: written before the provider is asked, one at a time for a repair. */
const openPayment = async (deps: CheckoutDeps, opener: Opener, repair: PublishedRepair): Promise<IncomingPayment> => {
  const { payments, payers, replicas, clock } = deps;
  const { tenantId, ids, userId } = opener;
  const amount = refuseUnlessDue(repair);
  const inTenant = payments.in(tenantId);
  const id = ids.next();
  const { id: repairId, number: repairNumber, customerId } = repair;
  const payerId = opener.customerId === undefined ? undefined : (await payers.in(tenantId).find(opener.customerId))?.providerId;
  const contactUserId = opener.customerId === undefined ? await contactOf(replicas, tenantId, repair) : userId;
  const opening = { id, repairId, repairNumber, customerId, contactUserId, payerId, method: 'ONLINE' as const, amount };
  const now = clock.now();
  const draft = compact({ ...opening, status: 'STARTED' as const, startedByUserId: userId });
  const { version: _v, updatedAt: _u, createdAt: _c, ...opened } = withClock({ ...draft, version: 1, createdAt: now, updatedAt: now }, now);
  for (let tries = 0; tries < 3; tries++) {
    const open = await inTenant.findOne({ openFor: repairId });
    const kept = open && (await reusable(deps, tenantId, open, compact({ amount, payerId })));
    if (kept !== undefined) return kept;
    try {
      return await inTenant.insert(opened);
    } catch (error) {
      // Two browsers at once: the second one takes the page of the first.
      if (!(error instanceof DuplicateKeyError)) throw error;
    }
  }
  throw unavailable('The payment page', 1);
};

/** Longer than the provider's page lives. */
const RETURN_DAYS = 2;

/** Where the customer comes back to: the page of the repair, which needs no login. A repeated request says the same address. */
const returnUrl = ({ links, publicUrl }: CheckoutDeps, tenantId: string, { repairId: subjectId, createdAt }: IncomingPayment): string => {
  const expiresAt = new Date(createdAt.getTime() + RETURN_DAYS * DAY_MS);
  return `${publicUrl}${paymentPath(links.sign(PAYMENT_LINK, { tenantId, subjectId }, expiresAt))}`;
};

/** Opens the provider's page for what is left to pay, or finds the one that is open. */
export const openCheckout = async (deps: CheckoutDeps, opener: Opener, repair: PublishedRepair): Promise<IncomingPayment> => {
  const { payments, provider, centreOf, clock } = deps;
  if (!provider.isOn || !isPayableOnline(repair.amountDue.currency)) throw onlinePaymentOff();
  const { tenantId } = opener;
  const payment = await openPayment(deps, opener, repair);
  if (payment.checkout !== undefined) return payment;
  const centre = await centreOf(tenantId);
  const back = returnUrl(deps, tenantId, payment);
  const session = await provider.startCheckout({
    tenantId,
    paymentId: payment.id,
    repairNumber: repair.number,
    description: `${repair.number} · ${repair.device.brand} ${repair.device.model}`.slice(0, 250),
    amount: payment.amount,
    language: languageOf(centre.locale),
    payerId: payment.payerId,
    successUrl: `${back}?from=provider`,
    cancelUrl: back,
    expiresAt: new Date(payment.createdAt.getTime() + CHECKOUT_MS),
  });
  const checkout = { sessionId: session.id, url: session.url ?? '' };
  const after = await payments
    .in(tenantId)
    .update(payment.id, (before) =>
      before.checkout === undefined ? { state: withClock({ ...before, checkout }, clock.now()) } : { state: before },
    );
  if (after === undefined) throw paymentNotFound();
  return after;
};

/** `POST /payments/checkout`: the address of the provider's page for what is left to pay. */
export const startCheckout =
  (deps: CheckoutDeps) =>
  async ({ caller, body: { repairId }, ids }: Call<Body>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const repair = await findPayable(deps.findRepair, caller, repairId);
    const customerId = isCustomer(caller) ? caller.customerId : undefined;
    const { id, amount, checkout } = await openCheckout(deps, { tenantId, ids, userId, customerId }, repair);
    return created(`/payments/${id}`, { id, amount, url: checkout?.url ?? '' });
  };
