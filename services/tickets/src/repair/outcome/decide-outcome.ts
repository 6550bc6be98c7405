import type { Money } from '@riparo/shared/contracts/money';
import { overDiscounted, totalsOf, type PriceLine } from '@riparo/shared/contracts/price-lines';
import type { RepairMoveCause } from '@riparo/shared/contracts/repairs.events';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import type { LineInput } from '@riparo/shared/http/price-line-schema';
import { compact } from '@riparo/shared/json/compact';
import type { Stamp } from '../../conversation/stamp.js';
import type { ReservedPart } from '../parts/find-reserved.js';
import { refuseUnlessTheirs } from './decide-status.js';
import { partFaults, partLines, partUses, type PartUse } from './part-uses.js';
import { currencyFaults, inCurrency, type MoneyInput } from '../payment/money.js';
import { movedEvents, movedTo, applyChange } from '../apply-change.js';
import { quoteExceeded, quoteNotDecided, refusalFeeExceeded } from '../repair.errors.js';
import { paidAtAfter, type Outcome, type RepairDecision, type RepairState } from '../repair.js';
import { checkTransition } from '../transitions.js';
import { isUnderCover } from '../warranty/work-warranty.js';

/** The technician's report at the end of the work. */
export interface WorkReport {
  readonly description: string;
  /** The charge; required unless a warranty covers the repair, or lines are given. */
  readonly amount?: MoneyInput;
  /** Labour, fees and discounts; the charge is their total with the parts and VAT. */
  readonly lines?: readonly LineInput[];
  readonly parts?: readonly PartUse[];
  readonly productionCost?: MoneyInput;
  readonly labourMinutes?: number;
  /** Why the warranty does not cover the damage; only for devices under warranty and for claims. */
  readonly notCoveredReason?: string;
}

export interface Refusal {
  readonly reason: string;
  /** The charge, for example for the diagnosis. */
  readonly amount?: MoneyInput;
}

const amountOf = (input: MoneyInput | undefined): number | undefined => (typeof input === 'object' ? input.amount : input);

/** Under warranty, the maker's or the centre's own, nothing is charged. Without one, or with `notCoveredReason`, a charge is required. */
const chargeFaults = (
  before: RepairState,
  { notCoveredReason }: WorkReport,
  field: 'amount' | 'lines',
  charge: MoneyInput | undefined,
): readonly FieldFault[] => {
  const isUnder = isUnderCover(before);
  const isCharged = !isUnder || notCoveredReason !== undefined;
  const faults: FieldFault[] = [];
  if (!isUnder && notCoveredReason !== undefined)
    faults.push({ path: 'notCoveredReason', message: 'is only for devices under warranty and for claims' });
  if (isCharged && charge === undefined) faults.push({ path: field, message: 'is required' });
  if (!isCharged && (amountOf(charge) ?? 0) > 0)
    faults.push({ path: field, message: 'must be 0 under warranty, unless notCoveredReason says why it is not covered' });
  return faults;
};

const lineFaults = ({ amount, lines = [] }: WorkReport, all: readonly PriceLine[], currency: string): readonly FieldFault[] => [
  ...(amount !== undefined ? [{ path: 'amount', message: 'cannot be given beside lines' }] : []),
  ...lines.flatMap(({ unitPrice }, index) => currencyFaults({ [`lines.${index}.unitPrice`]: unitPrice }, currency)),
  // Parts have the currency that the centre had when they were entered.
  ...all.flatMap(({ kind, description, unitPrice }) =>
    kind === 'PART' && unitPrice.currency !== currency
      ? [{ path: 'parts', message: `must be in ${currency}: ${description} is sold in ${unitPrice.currency}` }]
      : [],
  ),
  ...overDiscounted(all).map((rate) => ({ path: 'lines', message: `discounts take off more than is charged at ${rate} % VAT` })),
];

type Decided = Omit<Outcome, 'decidedAt' | 'decidedByUserId'>;

/** Ends the technician's work. A deposit is set off; where nothing is left, it counts as paid at once. `by`: whom the outcome is put down to. */
export const decided = (
  before: RepairState,
  outcome: Decided,
  stamp: Stamp,
  { by, cause }: { readonly by: string; readonly cause?: RepairMoveCause },
): RepairDecision => {
  const { amount, productionCost, labourMinutes, description, notCoveredReason, type: to } = outcome;
  const { status: from } = before;
  const charged = { outcome: compact({ ...outcome, decidedAt: stamp.at, decidedByUserId: by }), amountDue: amount };
  return applyChange(
    before,
    {
      state: { ...movedTo(before, to, stamp.at), ...charged, ...paidAtAfter({ ...before, ...charged }, stamp.at) },
      entries: [
        {
          type: 'RESOLUTION',
          body: description,
          metadata: compact({ from, to, amount, notCoveredReason }),
          staffMetadata: compact({ productionCost, labourMinutes }),
        },
      ],
      events: (after) => movedEvents(from, after, stamp, compact({ cause })),
    },
    stamp,
  );
};

const isAbove = (charged: Money, limit: Money): boolean =>
  charged.amount > 0 && (charged.currency !== limit.currency || charged.amount > limit.amount);

/**
 * No more is charged than the customer accepted; and nothing while a first quote waits for its answer, or has expired
 * without one. A quote that the centre withdrew promises nothing any more.
 */
const refuseAboveQuote = ({ acceptedQuote, quote }: RepairState, charged: Money): void => {
  if (acceptedQuote === undefined) {
    if ((quote?.status === 'SENT' || quote?.status === 'EXPIRED') && charged.amount > 0) throw quoteNotDecided(quote.number);
    return;
  }
  const accepted = acceptedQuote.maximum ?? acceptedQuote.total;
  if (isAbove(charged, accepted)) throw quoteExceeded(accepted, charged);
};

/** A repair that is refused costs what was agreed for that, at the intake or by the quote; without a word about it, what a quote allows. */
const refuseAboveFee = (before: RepairState, charged: Money): void => {
  const agreed = before.refusalFee ?? before.quote?.refusalFee;
  if (agreed === undefined) refuseAboveQuote(before, charged);
  else if (isAbove(charged, agreed)) throw refusalFeeExceeded(agreed, charged);
};

/**
 * Completes the work. `lines` of 60.00 for labour and a reserved part of 40.00, both at 22 % VAT, make a charge of 122.00;
 * with `amount` the technician says the charge in one sum, parts included.
 */
export const complete = (before: RepairState, report: WorkReport, reserved: readonly ReservedPart[], stamp: Stamp): RepairDecision => {
  refuseUnlessTheirs(before, stamp);
  checkTransition(stamp, before, 'COMPLETED');
  const { description, amount, lines, parts: said = [], productionCost, labourMinutes, notCoveredReason } = report;
  const { currency } = before.amountDue;
  const money = (input: MoneyInput): Money => inCurrency(input, currency);
  const cover = { ...before, notCoveredReason };
  const uses = partUses(said, reserved, cover);
  const all = lines && [...lines.map((line) => ({ ...line, unitPrice: money(line.unitPrice) })), ...partLines(uses, reserved)];
  const charge = all === undefined ? amount : totalsOf(all, currency).total;
  const faults = [
    ...chargeFaults(before, report, all === undefined ? 'amount' : 'lines', charge),
    ...(all === undefined ? currencyFaults({ amount }, currency) : lineFaults(report, all, currency)),
    ...currencyFaults({ productionCost }, currency),
    ...partFaults(said, reserved, cover),
  ];
  if (faults.length > 0) throw invalidInput(faults);
  const charged = money(charge ?? 0);
  refuseAboveQuote(before, charged);
  const outcome = compact({
    type: 'COMPLETED' as const,
    description,
    amount: charged,
    lines: all,
    parts: uses.length === 0 ? undefined : uses,
    productionCost: productionCost === undefined ? undefined : money(productionCost),
    labourMinutes,
    notCoveredReason,
  });
  return decided(before, outcome, stamp, { by: stamp.byUserId as string });
};

export const refuse = (before: RepairState, { reason, amount = 0 }: Refusal, stamp: Stamp): RepairDecision => {
  refuseUnlessTheirs(before, stamp);
  checkTransition(stamp, before, 'REFUSED');
  const { currency } = before.amountDue;
  const faults = currencyFaults({ amount }, currency);
  if (faults.length > 0) throw invalidInput(faults);
  const charged = inCurrency(amount, currency);
  refuseAboveFee(before, charged);
  const outcome = { type: 'REFUSED' as const, description: reason, amount: charged };
  return decided(before, outcome, stamp, { by: stamp.byUserId as string });
};
