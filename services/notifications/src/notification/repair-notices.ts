import type { RepairStatus } from '@riparo/shared/contracts/enums';
import type { IncomingPaymentEventV1 } from '@riparo/shared/contracts/incoming-payments.events';
import { repairStatusPath } from '@riparo/shared/contracts/links';
import type { Money } from '@riparo/shared/contracts/money';
import type { RepairRefundedV1 } from '@riparo/shared/contracts/repair-money.events';
import type {
  PublishedRepair,
  RepairAssignedV1,
  RepairEstimateChangedV1,
  RepairEventV1,
  RepairPaidV1,
  RepairRepliedV1,
  RepairStatusChangedV1,
} from '@riparo/shared/contracts/repairs.events';
import type { TemplateKey } from '../template/template.js';
import type { Target } from './notification.js';
import type { NoticesOf, Notice } from './ticket-notices.js';

type Data = Readonly<Record<string, unknown>>;

/** Leaves out what is not there: texts ask with `#if`. */
const some = (data: Data): Data => Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));

export const nonZero = (money: Money): Money | undefined => (money.amount > 0 ? money : undefined);

/** What is to be paid in all, and what of it is still to be paid; what the repair cost the centre is in no mail. */
const moneyOf = ({ amountDue, amountPaid, amountLeft, waived }: PublishedRepair): Data => ({
  amount: nonZero(amountDue),
  left: nonZero(amountLeft ?? { ...amountDue, amount: waived ? 0 : amountDue.amount - amountPaid.amount }),
});

const dataOf = (repair: PublishedRepair): Data => ({
  number: repair.number,
  device: `${repair.device.brand} ${repair.device.model}`,
  problem: repair.problemDescription,
  customerId: repair.customerId,
  technicianUserId: repair.assignedToUserId,
  estimate: repair.estimatedCompletionDay ?? repair.estimatedCompletionAt,
  ...moneyOf(repair),
});

interface ToCustomer {
  readonly more?: Data;
  /** Whoever did it knows. */
  readonly except?: string | undefined;
}

/** To the person it belongs to, else to the customer's address: whoever has no account can look at the public page. */
export const toCustomer = (repair: PublishedRepair, template: TemplateKey, { more = {}, except }: ToCustomer = {}): Notice => {
  const { customerId, contactUserId } = repair;
  return {
    purpose: 'customer',
    template,
    targets: [{ kind: 'customer', customerId, ...some({ authorUserId: contactUserId, exceptUserId: except }) }],
    data: some({ ...dataOf(repair), path: `/repairs/${repair.id}`, publicPath: repairStatusPath(repair), ...more }),
  };
};

const toStaff = (purpose: string, target: Target, repair: PublishedRepair, template: TemplateKey, more: Data = {}): Notice => ({
  purpose,
  template,
  targets: [target],
  data: some({ ...dataOf(repair), path: `/repairs/${repair.id}`, ...more }),
});

const desk = (except?: string): Target => ({ kind: 'desk', ...(except === undefined ? {} : { exceptUserId: except }) });

/** To the assignee. A repair that nobody has, or somebody who cannot act any more, is the desk's to look after. */
const holderOf = ({ assignedToUserId: userId }: PublishedRepair): Target =>
  userId === undefined ? desk() : { kind: 'desk', standsInFor: userId };

/** Confirmed to whoever asked for it too, as with tickets: the number is what they came for. */
export const notifyReceived: NoticesOf<RepairEventV1> = ({ data: { repair, actorUserId } }) => {
  const { device, source } = repair;
  const more = {
    serialNumber: device.serialNumber,
    accessories: device.accessories?.join(', '),
    condition: device.condition,
    counter: source === 'COUNTER' ? true : undefined,
    statusPath: repairStatusPath(repair),
  };
  return [
    toCustomer(repair, 'repair-received', { more }),
    ...(source === 'PORTAL' ? [toStaff('desk', desk(actorUserId), repair, 'repair-requested-desk')] : []),
  ];
};

/** Nobody is told of what they did themselves. */
export const notifyRepairAssigned: NoticesOf<RepairAssignedV1> = ({ data: { repair, previousUserId, actorUserId } }) => {
  const to = (purpose: string, userId: string | undefined, template: TemplateKey): readonly Notice[] =>
    userId === undefined || userId === actorUserId ? [] : [toStaff(purpose, { kind: 'user', userId }, repair, template)];
  const { assignedToUserId } = repair;
  return [
    ...to('technician', assignedToUserId, 'repair-assigned-technician'),
    ...(previousUserId === assignedToUserId ? [] : to('previous-technician', previousUserId, 'repair-unassigned-technician')),
  ];
};

const HELD_UP: readonly RepairStatus[] = ['AWAITING_PARTS', 'ON_HOLD', 'DELAYED'];
/** From here IN_PROGRESS is news; back from the quality check it is not. */
const NOT_BEGUN: readonly RepairStatus[] = ['PENDING', 'SCHEDULED', 'DISPATCHED'];

/** Steps that matter to customers and that no event of their own tells of. */
const stepFor = (from: RepairStatus, to: RepairStatus): TemplateKey | undefined => {
  if (HELD_UP.includes(to)) return 'repair-held-up';
  if (to === 'IN_PROGRESS' && (NOT_BEGUN.includes(from) || HELD_UP.includes(from))) return 'repair-started';
  return to === 'CANCELED' ? 'repair-canceled' : undefined;
};

/** Whoever has it stops; of a customer who has thought better of it the desk hears when nobody has. */
const notifyStaffOfEnd = ({ repair, actorUserId, reason, byCustomer = false }: RepairStatusChangedV1): readonly Notice[] => {
  const { assignedToUserId } = repair;
  if (assignedToUserId === undefined ? !byCustomer : assignedToUserId === actorUserId) return [];
  return [toStaff('staff', holderOf(repair), repair, 'repair-canceled-staff', { reason })];
};

/** Whoever has the repair can go on: everything that was missing is there. */
const notifyPartsArrived = ({ repair, cause, to }: RepairStatusChangedV1): readonly Notice[] =>
  cause === 'PARTS' && to === 'IN_PROGRESS' ? [toStaff('staff', holderOf(repair), repair, 'repair-parts-arrived')] : [];

export const notifyRepairStatus: NoticesOf<RepairStatusChangedV1> = ({ data }) => {
  const { repair, from, to, reason, cause, actorUserId: except } = data;
  // What a quote does to the repair is in the mails about the quote; that parts are missing is not.
  const isToldByQuote = cause === 'QUOTE' && to !== 'AWAITING_PARTS';
  const template = isToldByQuote ? undefined : stepFor(from, to);
  if (template === undefined) return [];
  const more = { status: to, reason, resumed: HELD_UP.includes(from) ? true : undefined };
  return [
    toCustomer(repair, template, { more, except }),
    ...(to === 'CANCELED' ? notifyStaffOfEnd(data) : []),
    ...notifyPartsArrived(data),
  ];
};

/** Not when the change of status that came with it has told already. */
export const notifyEstimate: NoticesOf<RepairEstimateChangedV1> = ({
  data: { repair, previousEstimatedCompletionAt, previousEstimatedCompletionDay, statusFrom, actorUserId: except },
}) =>
  statusFrom !== undefined && stepFor(statusFrom, repair.status) !== undefined
    ? []
    : [
        toCustomer(repair, 'repair-estimate-changed', {
          more: { previousEstimate: previousEstimatedCompletionDay ?? previousEstimatedCompletionAt },
          except,
        }),
      ];

/** The desk informs the customer: it is told whom to call, and what is to be paid. */
const notifyOutcome =
  (template: TemplateKey): NoticesOf<RepairEventV1> =>
  ({ data: { repair, actorUserId: except } }) => {
    const more = { work: repair.outcome?.description, refused: repair.outcome?.type === 'REFUSED' ? true : undefined };
    return [
      toCustomer(repair, template, { more, except }),
      toStaff('desk', desk(except), repair, 'repair-outcome-desk', { ...more, authorUserId: repair.outcome?.decidedByUserId }),
    ];
  };
export const notifyCompleted = notifyOutcome('repair-completed');
export const notifyRefused = notifyOutcome('repair-refused');

export const notifyReady: NoticesOf<RepairEventV1> = ({ data: { repair, actorUserId: except } }) => [
  toCustomer(repair, 'repair-ready', { except }),
];

export const notifyPaid: NoticesOf<RepairPaidV1> = ({ data: { repair, payment, at, actorUserId: except } }) => [
  toCustomer(repair, 'repair-paid', {
    more: { paid: payment.amount, method: payment.method, reference: payment.reference, paidOn: at },
    except,
  }),
];

export const notifyRefunded: NoticesOf<RepairRefundedV1> = ({ data: { repair, refund, at, actorUserId: except } }) => [
  toCustomer(repair, 'repair-refunded', {
    more: { refunded: refund.amount, method: refund.method, reference: refund.reference, reason: refund.reason, refundedOn: at },
    except,
  }),
];

/** That a transfer is a payment of the repair by now is told by the repair, with what is left to pay. */
export const notifyPaymentToVerify: NoticesOf<IncomingPaymentEventV1> = ({ data: { payment, actorUserId } }) => {
  const { id, repairNumber: number, customerId, method, amount, reference } = payment;
  const data = some({ number, customerId, paid: amount, method, reference, path: `/payments/${id}` });
  return [{ purpose: 'desk', template: 'payment-to-verify-desk', targets: [desk(actorUserId)], data }];
};

export const notifyPaymentRejected: NoticesOf<IncomingPaymentEventV1> = ({ data: { payment, at } }) => {
  const { repairId, repairNumber: number, customerId, contactUserId: authorUserId, method, amount, reference, reason } = payment;
  const sentBack = method === 'ONLINE' ? true : undefined;
  // Whoever has no account is led to the page that says what is left to pay, and how.
  const places = { path: `/repairs/${repairId}`, payRepairId: repairId, payFrom: at };
  const data = some({ number, customerId, paid: amount, method, reference, reason, sentBack, ...places });
  const targets: readonly Target[] = [{ kind: 'customer', customerId, ...some({ authorUserId }) }];
  return [{ purpose: 'customer', template: 'payment-rejected', targets, data }];
};

export const notifyCollected: NoticesOf<RepairEventV1> = ({ data: { repair, actorUserId: except } }) => [
  toCustomer(repair, 'repair-collected', { more: { collectedAt: repair.collectedAt, collectedBy: repair.collectedBy }, except }),
];

export const notifyRepairReplied: NoticesOf<RepairRepliedV1> = ({ data: { repair, byCustomer, body, actorUserId } }) => {
  const more = { reply: body, authorUserId: actorUserId };
  return byCustomer
    ? [toStaff('staff', holderOf(repair), repair, 'repair-replied-technician', more)]
    : [toCustomer(repair, 'repair-replied-customer', { more, except: actorUserId })];
};
