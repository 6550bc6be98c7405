import type { PaymentMethod, RepairOutcome, RepairSource, RepairStatus } from '@riparo/shared/contracts/enums';
import type { Money } from '@riparo/shared/contracts/money';
import type { PriceLine } from '@riparo/shared/contracts/price-lines';
import type { QuoteStatus } from '@riparo/shared/contracts/quotes.events';
import type { RefundKind } from '@riparo/shared/contracts/repair-money.events';
import type { PublishedPartUse } from '@riparo/shared/contracts/repair-outcome';
import type { RepairDevice } from '@riparo/shared/contracts/repairs.events';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { serialKeyOf } from '@riparo/shared/text/serial-key';
import type { Remembering } from '../conversation/stamp.js';
import { isFullFor, type Activity, type TimelineSize } from '../conversation/timeline.js';
import { repairTimelineFull } from './repair.errors.js';
import { NEVER, NOBODY, QUEUE } from '../kernel/held.js';
import type { Abandoned, Abandonment, Pickup } from './pickup/pickup.js';
import type { WarrantyClaim, WarrantyItem } from './warranty/work-warranty.js';

/** How the technician's work ended. */
export interface Outcome {
  readonly type: RepairOutcome;
  readonly description: string;
  readonly amount: Money;
  /** What the amount consists of, where the technician gave lines; the parts are among them. */
  readonly lines?: readonly PriceLine[];
  /** What became of the pieces that were reserved. */
  readonly parts?: readonly PublishedPartUse[];
  /** Cost of the repair for the centre; never for customers. */
  readonly productionCost?: Money;
  readonly labourMinutes?: number;
  /** Why the warranty does not cover the damage. */
  readonly notCoveredReason?: string;
  readonly decidedAt: Date;
  readonly decidedByUserId: string;
}

export interface Payment {
  readonly id: string;
  readonly method: PaymentMethod;
  /** Below 0 for a refund: the sum of all is what the till holds. */
  readonly amount: Money;
  /** Number of a card slip or a bank transfer. */
  readonly reference?: string;
  readonly at: Date;
  /** Missing: the customer paid online. */
  readonly byUserId?: string;
  /** Of a refund. */
  readonly refund?: { readonly kind: RefundKind; readonly reason: string };
}

/** What the desk waived of the rest. */
export interface Waiver {
  readonly amount: Money;
  readonly reason: string;
  readonly at: Date;
  readonly byUserId: string;
}

/** The newest version of a quote that billing has told of. */
export interface RepairQuote {
  readonly id: string;
  /** `QUO-2026-000001`. */
  readonly number: string;
  readonly quoteVersion: number;
  readonly status: QuoteStatus;
  readonly total: Money;
  /** The most that may be charged, where the total is an estimate. */
  readonly maximum?: Money;
  /** The last day on which it can be accepted. */
  readonly validUntil: string;
  /** What is to be paid when it is declined. */
  readonly refusalFee?: Money;
  readonly sentAt: Date;
  /** Version of the quote in billing: an event of an older one is late. */
  readonly version: number;
}

/** Pieces that the repair waits for. */
export interface AwaitedPart {
  readonly reservationId: string;
  readonly partId: string;
  readonly name: string;
  readonly quantity: number;
  /** The day of delivery, where an order names one. */
  readonly expectedOn?: string;
}

/** A device password sealed with AES-256-GCM, see `device-password.ts`; base64. */
export interface SealedPassword {
  /** Names the key: the first characters of its fingerprint. */
  readonly keyId: string;
  readonly nonce: string;
  readonly sealed: string;
  readonly tag: string;
}

/** The repair sheet of the desk; also a customer's request for service. */
export interface Repair extends Entity, Remembering {
  readonly number: string;
  readonly customerId: string;
  readonly assetId?: string;
  readonly locationId?: string;
  readonly device: RepairDevice;
  readonly problemDescription: string;
  /** Further remarks from the intake; the customer reads them. */
  readonly notes?: string;
  readonly source: RepairSource;
  readonly preferredAppointmentAt?: Date;
  /** The day, where a whole day is preferred; `preferredAppointmentAt` is then its beginning. */
  readonly preferredAppointmentDay?: string;
  readonly status: RepairStatus;
  /** The warranty on the day of the intake, in the tenant's time zone. */
  readonly underWarranty: boolean;
  readonly createdByUserId: string;
  /** The person of the customer whom mails go to; missing: the customer's contact address. */
  readonly contactUserId?: string;
  readonly assignedToUserId?: string;
  readonly warrantyClaimOf?: WarrantyClaim;
  readonly estimatedCompletionAt?: Date;
  /** The day, where a whole day was promised; `estimatedCompletionAt` is then the end of its working hours. */
  readonly estimatedCompletionDay?: string;
  readonly outcome?: Outcome;
  /** What the customer pays when the repair is not done after all, VAT included; agreed at the intake. */
  readonly refusalFee?: Money;
  readonly quote?: RepairQuote;
  /** The last version that the customer accepted: no more than this is charged. */
  readonly acceptedQuote?: RepairQuote;
  /** The status from which the quote that is out put the repair ON_HOLD; missing: no quote did. */
  readonly heldFrom?: RepairStatus;
  /** Missing: none were ever missing. */
  readonly awaitedParts?: readonly AwaitedPart[];
  /** The day that the awaited parts made the estimate. */
  readonly partsExpectedOn?: string;
  /** What the customer pays in all; 0 until there is an outcome. */
  readonly amountDue: Money;
  readonly payments: readonly Payment[];
  readonly waiver?: Waiver;
  /** When nothing was left to pay: it was paid or waived, or the charge was 0. */
  readonly paidAt?: Date;
  readonly readyAt?: Date;
  readonly collectedAt?: Date;
  readonly collectedBy?: string;
  /** From collection on. */
  readonly workWarranty?: readonly WarrantyItem[];
  /** The last day on which anything of it is covered; missing: there is none. Claims are found by it. */
  readonly warrantyUntil?: string;
  /** Missing in repairs of earlier versions: nothing was agreed. */
  readonly pickup?: Pickup;
  /** What came to the outcome's lines afterwards: storage. */
  readonly extraLines?: readonly PriceLine[];
  /** Somebody wants to give the device up. */
  readonly abandonment?: Abandonment;
  readonly abandoned?: Abandoned;
  readonly closedAt?: Date;
  /** No view shows it. It is removed when the device is collected. */
  readonly devicePassword?: SealedPassword;
  readonly timeline: TimelineSize;
  readonly activities: readonly Activity[];
  /** Words of the search, see text/search-words.ts of `shared`. */
  readonly words: readonly string[];

  // The fields below are derived by `withDerived`. They are stored because lists read them from indexes.
  /** True while something is left to do: neither CLOSED nor CANCELED. */
  readonly active: boolean;
  /** In whose list the repair is: the assignee's id, `QUEUE` while there is work to do, or `NONE`. */
  readonly holder: string;
  /** The serial number in the form of the search: upper case, without blanks and dashes. `abc-12 3` becomes `ABC123`. */
  readonly serialKey: string;
  /** `estimatedCompletionAt`, or the end of time without one: repairs without an estimate sort last. */
  readonly dueOrder: Date;
  /** When the job that looks after waiting devices looks next. */
  readonly pickupLookAt?: Date;
  /** Of a device that waits: when it begins to count as left behind. */
  readonly leftBehindAt?: Date;
  /** Something is to be given back. */
  readonly overpaid?: true;
  /** Giving the device up waits for a second person. */
  readonly abandonRequested?: true;
}

/** The repair as decisions see it, without the timeline. */
export type RepairState = Omit<Repair, 'activities'>;
export type RepairDecision = Decision<Repair, 'activities'>;
export type RepairDraft = Draft<Repair>;

export const isActive = (status: RepairStatus): boolean => status !== 'CLOSED' && status !== 'CANCELED';

export const WORK: readonly RepairStatus[] = [
  'PENDING',
  'SCHEDULED',
  'DISPATCHED',
  'IN_PROGRESS',
  'AWAITING_PARTS',
  'ON_HOLD',
  'DELAYED',
  'QUALITY_CHECK',
];

/** A technician still has something to do. */
export const isInWork = (status: RepairStatus): boolean => WORK.includes(status);

type Derived = Pick<
  Repair,
  'active' | 'holder' | 'serialKey' | 'dueOrder' | 'pickupLookAt' | 'leftBehindAt' | 'overpaid' | 'abandonRequested'
>;
type Underived = Omit<RepairDraft, keyof Derived | 'activities'>;

/** Updates the derived fields; the last step of every decision. */
export const withDerived = <T extends Underived>(repair: T): T & Derived => {
  const { status, assignedToUserId, device, estimatedCompletionAt, readyAt } = repair;
  const waits = status === 'READY_FOR_PICKUP' ? repair.pickup : undefined;
  return {
    ...repair,
    // A repair that is over keeps no device password, however it ended: nobody has to unlock the device any more.
    ...(isActive(status) || repair.devicePassword === undefined ? {} : { devicePassword: undefined }),
    active: isActive(status),
    holder: assignedToUserId ?? (isInWork(status) ? QUEUE : NOBODY),
    serialKey: serialKeyOf(device.serialNumber),
    dueOrder: estimatedCompletionAt ?? NEVER,
    pickupLookAt: waits && (waits.leftBehindAt === undefined ? readyAt : waits.nextLookAt),
    leftBehindAt: waits?.leftBehindAt,
    overpaid: amountOverpaid(repair).amount > 0 ? true : undefined,
    abandonRequested: repair.abandonment === undefined ? undefined : true,
  };
};

export const refuseFullTimeline = ({ timeline }: Pick<Repair, 'timeline'>, body: string, details?: unknown): void => {
  if (isFullFor(timeline, body, details)) throw repairTimelineFull();
};

export const zero = ({ currency }: Money): Money => ({ amount: 0, currency });

type Balance = Pick<Repair, 'payments' | 'amountDue' | 'waiver'>;

/** What has been paid so far, without what was given back. */
export const amountPaid = ({ payments, amountDue }: Pick<Repair, 'payments' | 'amountDue'>): Money => ({
  amount: payments.reduce((sum, { amount }) => sum + amount.amount, 0),
  currency: amountDue.currency,
});

export const amountWaived = ({ waiver, amountDue }: Pick<Repair, 'waiver' | 'amountDue'>): Money => waiver?.amount ?? zero(amountDue);

/** Above 0: left to pay. Below 0: paid beyond what is charged. */
const balance = (repair: Balance): number => repair.amountDue.amount - amountPaid(repair).amount - amountWaived(repair).amount;

/** The rest to pay; 0 after a waiver, and while nothing is charged yet. */
export const amountLeft = (repair: Balance): Money => ({ ...repair.amountDue, amount: Math.max(0, balance(repair)) });

/**
 * What is to be given back: a deposit of 80.00 on a charge of 50.00 leaves 30.00. Before the outcome nobody knows the
 * charge, so a deposit is not too much; once the repair is canceled, all of it is.
 */
export const amountOverpaid = (repair: Balance & Pick<Repair, 'outcome' | 'status'>): Money => {
  const isSettled = repair.outcome !== undefined || !isInWork(repair.status);
  return { ...repair.amountDue, amount: isSettled ? Math.max(0, -balance(repair)) : 0 };
};

/** `paidAt` after a change of the amounts: once there is an outcome, the first moment at which nothing was left. */
export const paidAtAfter = (after: Balance & Pick<Repair, 'outcome' | 'paidAt'>, at: Date): Pick<Repair, 'paidAt'> =>
  // `undefined` takes the field away: after a refund the amount can be due again.
  ({ paidAt: after.outcome !== undefined && amountLeft(after).amount === 0 ? (after.paidAt ?? at) : undefined });
