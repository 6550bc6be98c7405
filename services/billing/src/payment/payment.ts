import type { DomainEvent } from '@riparo/shared/contracts/event';
import type {
  IncomingPaymentEventV1,
  IncomingPaymentMethod,
  IncomingPaymentStatus,
  PublishedIncomingPayment,
} from '@riparo/shared/contracts/incoming-payments.events';
import type { Money } from '@riparo/shared/contracts/money';
import type { RefundKind } from '@riparo/shared/contracts/repair-money.events';
import { compact } from '@riparo/shared/json/compact';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { HOUR_MS, MINUTE_MS } from '@riparo/shared/time/units';

/**
 * Why online money waits for the desk. AMOUNT_DIFFERS: it is not what was asked for. NOT_DUE: nothing, or less, is due.
 * CAME_BACK: it was rejected, and the customer's bank did not take it back.
 */
export const DOUBTS = ['AMOUNT_DIFFERS', 'NOT_DUE', 'CAME_BACK'] as const;
export type Doubt = (typeof DOUBTS)[number];

/** The promise to book it on the repair. It is written before the tickets service is asked, so that a job can keep it. */
export interface Booking {
  readonly at: Date;
  /** Missing: online money that arrived as it should. */
  readonly byUserId?: string;
  readonly note?: string;
  /** Online money is in the account already: what is too much is given back later. */
  readonly evenIfNotDue: boolean;
}

/** The provider's page on which the customer pays. */
export interface Checkout {
  readonly sessionId: string;
  readonly url: string;
}

/**
 * PROMISED: the provider is to give the money back. SENT: it has, and the repair is to be told. DONE: the repair knows.
 * FAILED: the provider refused, or the money came back before the repair knew. The desk clears the next two: UNBOOKED, the
 * provider has sent it and the repair refuses it; CAME_BACK, the repair has it, and the customer's bank did not take the money.
 * CLEARED: the desk has dealt with either outside of this system. TAKING_BACK: money that came back is to be booked on the repair.
 */
export const REFUND_STATES = ['PROMISED', 'SENT', 'DONE', 'FAILED', 'UNBOOKED', 'CAME_BACK', 'CLEARED', 'TAKING_BACK'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/** Online money that goes back the way it came. */
export interface OnlineRefund {
  readonly id: string;
  readonly amount: Money;
  readonly reason: string;
  readonly kind?: RefundKind;
  readonly byUserId: string;
  readonly at: Date;
  readonly state: RefundState;
  /** How the desk cleared it, and why. `isUnbooked`: outside of this system, because the repair had refused it. */
  readonly cleared?: { readonly at: Date; readonly byUserId: string; readonly note?: string; readonly isUnbooked?: true };
}

/** Somebody else is still to be asked. */
export const isUnderWay = ({ state }: Pick<OnlineRefund, 'state'>): boolean =>
  state === 'PROMISED' || state === 'SENT' || state === 'TAKING_BACK';

/** When what is under way was promised: once the desk has asked for another try, that is its promise. */
export const promisedAtOf = ({ at, cleared }: Pick<OnlineRefund, 'at' | 'cleared'>): Date => cleared?.at ?? at;

/** The desk has to look at it. */
export const needsDesk = ({ state }: Pick<OnlineRefund, 'state'>): boolean => state === 'UNBOOKED' || state === 'CAME_BACK';

/** A file that shows that the transfer was ordered. */
export interface Proof {
  readonly fileId: string;
  readonly contentType: string;
}

/** Money that was announced or is paid online, until it is a payment of the repair: then both have one id. */
export interface IncomingPayment extends Entity {
  readonly repairId: string;
  readonly repairNumber: string;
  readonly customerId: string;
  readonly contactUserId?: string;
  readonly method: IncomingPaymentMethod;
  /** What was announced or asked for; once online money has arrived, what arrived. */
  readonly amount: Money;
  /** What was asked for, where another amount arrived. */
  readonly askedAmount?: Money;
  readonly reference?: string;
  readonly status: IncomingPaymentStatus;
  readonly doubt?: Doubt;
  readonly startedByUserId?: string;
  /** Whose cards the provider's page offers; missing: nobody's. */
  readonly payerId?: string;
  readonly proof?: Proof;
  readonly checkout?: Checkout;
  /** The provider's number of the money that arrived. */
  readonly transactionId?: string;
  readonly arrivedAt?: Date;
  readonly booking?: Booking;
  /** The promise to give online money back that the desk rejected. */
  readonly sendingBack?: { readonly at: Date; readonly byUserId: string; readonly reason: string };
  /** Under which key rejected money went back. */
  readonly sentBackKey?: string;
  readonly refunds?: readonly OnlineRefund[];
  /** A refund waits for the desk; derived. */
  readonly refundToClear?: true;
  /** The customer has paid by a method that takes days, such as a direct debit: no other page is opened meanwhile. */
  readonly underWay?: true;
  /** Why it was rejected; the customer reads it. */
  readonly reason?: string;
  /** What the desk wrote when it verified; for staff. */
  readonly note?: string;
  readonly decidedByUserId?: string;
  readonly decidedAt?: Date;
  /** The repair, while the customer may be on the provider's page: one page at a time. */
  readonly openFor?: string;
  /** When the clock looks at it again. */
  readonly clockAt?: Date;
}

export type PaymentDraft = Draft<IncomingPayment>;
export type PaymentDecision = Decision<IncomingPayment>;

/** What a request does itself is left to it for that long. */
const GRACE_MS = 30_000;
/** Ages at which a page that was left is looked at, in case that the provider's call got lost. */
const LOOKS_MS = [10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS];
/** The provider ends its page then. */
export const CHECKOUT_MS = 23 * HOUR_MS;

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

const promisedAt = ({ booking, sendingBack, refunds = [] }: IncomingPayment): Date | undefined =>
  booking?.at ?? sendingBack?.at ?? refunds.filter(isUnderWay).map(promisedAtOf)[0];

const nextLook = ({ createdAt }: Pick<IncomingPayment, 'createdAt'>, now: Date): Date => {
  const next = LOOKS_MS.find((age) => after(createdAt, age) > now);
  return next === undefined ? after(now, 24 * HOUR_MS) : after(createdAt, next);
};

/** The last step of every decision: when the clock has to look, and whether the provider's page is open. */
export const withClock = (payment: IncomingPayment, now: Date): IncomingPayment => {
  const promised = promisedAt(payment);
  const isOpen = payment.status === 'STARTED';
  const look = isOpen ? nextLook(payment, now) : undefined;
  return {
    ...payment,
    openFor: isOpen && payment.arrivedAt === undefined ? payment.repairId : undefined,
    refundToClear: (payment.refunds ?? []).some(needsDesk) ? true : undefined,
    clockAt: promised === undefined ? look : after(promised > now ? promised : now, GRACE_MS),
  };
};

export const isDecided = ({ status }: Pick<IncomingPayment, 'status'>): boolean => status === 'VERIFIED' || status === 'REJECTED';

export const published = (payment: IncomingPayment): PublishedIncomingPayment => {
  const { id, repairId, repairNumber, customerId, contactUserId, method, amount, reference, status, reason } = payment;
  return compact({ id, repairId, repairNumber, customerId, contactUserId, method, amount, reference, status, reason });
};

interface Contract {
  with(data: IncomingPaymentEventV1): DomainEvent;
}

/** A decision with the event that tells of it. */
export const decisionWith = (
  before: IncomingPayment,
  change: Partial<IncomingPayment>,
  contract: Contract,
  { at, byUserId: actorUserId }: { readonly at: Date; readonly byUserId?: string | undefined },
): PaymentDecision => {
  const state = withClock({ ...before, ...change }, at);
  return { state, events: [contract.with(compact({ payment: published(state), at: at.toISOString(), actorUserId }))] };
};

/** What is refunded or promised so far; money that came back and that the repair has again is not. */
export const refundedOf = ({ refunds = [] }: Pick<IncomingPayment, 'refunds'>): number =>
  refunds.filter(({ state }) => state !== 'FAILED').reduce((sum, { amount }) => sum + amount.amount, 0);
