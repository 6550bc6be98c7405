import type { RepairOutcome } from '@riparo/shared/contracts/enums';
import type { Money } from '@riparo/shared/contracts/money';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { compact } from '@riparo/shared/json/compact';
import type { Stamp } from '../../conversation/stamp.js';
import { refuseUnlessTheirs } from './decide-status.js';
import { currencyFaults, inCurrency, type MoneyInput } from '../payment/money.js';
import { movedEvents, movedTo, applyChange } from '../apply-change.js';
import type { Outcome, RepairDecision, RepairState } from '../repair.js';
import { checkTransition } from '../transitions.js';

/** The technician's report at the end of the work. */
export interface WorkReport {
  readonly description: string;
  /** The charge; required unless the warranty covers the repair. */
  readonly amount?: MoneyInput;
  readonly productionCost?: MoneyInput;
  readonly labourMinutes?: number;
  /** Why the warranty does not cover the damage; only for devices under warranty. */
  readonly notCoveredReason?: string;
}

export interface Refusal {
  readonly reason: string;
  /** The charge, for example for the diagnosis. */
  readonly amount?: MoneyInput;
}

const amountOf = (input: MoneyInput | undefined): number | undefined => (typeof input === 'object' ? input.amount : input);

/** Under warranty nothing is charged. Without warranty, or with `notCoveredReason`, an amount is required. */
const chargeFaults = ({ underWarranty }: RepairState, { amount, notCoveredReason }: WorkReport): readonly FieldFault[] => {
  const isCharged = !underWarranty || notCoveredReason !== undefined;
  const faults: FieldFault[] = [];
  if (!underWarranty && notCoveredReason !== undefined)
    faults.push({ path: 'notCoveredReason', message: 'is only for devices under warranty' });
  if (isCharged && amount === undefined) faults.push({ path: 'amount', message: 'is required' });
  if (!isCharged && (amountOf(amount) ?? 0) > 0)
    faults.push({ path: 'amount', message: 'must be 0 under warranty, unless notCoveredReason says why it is not covered' });
  return faults;
};

type Decided = Omit<Outcome, 'decidedAt' | 'decidedByUserId'>;

/** Ends the technician's work. A charge of 0 counts as paid at once. */
const decided = (before: RepairState, to: RepairOutcome, outcome: Decided, stamp: Stamp): RepairDecision => {
  const { amount, productionCost, labourMinutes, description, notCoveredReason } = outcome;
  const { status: from } = before;
  return applyChange(
    before,
    {
      state: {
        ...movedTo(to, stamp.at),
        outcome: compact({ ...outcome, decidedAt: stamp.at, decidedByUserId: stamp.byUserId as string }),
        amountDue: amount,
        ...(amount.amount === 0 ? { paidAt: stamp.at } : {}),
      },
      entries: [
        {
          type: 'RESOLUTION',
          body: description,
          metadata: compact({ from, to, amount, notCoveredReason }),
          staffMetadata: compact({ productionCost, labourMinutes }),
        },
      ],
      events: (after) => movedEvents(from, after, stamp),
    },
    stamp,
  );
};

export const complete = (before: RepairState, report: WorkReport, stamp: Stamp): RepairDecision => {
  refuseUnlessTheirs(before, stamp);
  checkTransition(stamp, before, 'COMPLETED');
  const { amount, productionCost, ...said } = report;
  const { currency } = before.amountDue;
  const faults = [...chargeFaults(before, report), ...currencyFaults({ amount, productionCost }, currency)];
  if (faults.length > 0) throw invalidInput(faults);
  const money = (input: MoneyInput): Money => inCurrency(input, currency);
  const cost = productionCost === undefined ? {} : { productionCost: money(productionCost) };
  return decided(before, 'COMPLETED', { type: 'COMPLETED', ...said, amount: money(amount ?? 0), ...cost }, stamp);
};

export const refuse = (before: RepairState, { reason, amount = 0 }: Refusal, stamp: Stamp): RepairDecision => {
  refuseUnlessTheirs(before, stamp);
  checkTransition(stamp, before, 'REFUSED');
  const { currency } = before.amountDue;
  const faults = currencyFaults({ amount }, currency);
  if (faults.length > 0) throw invalidInput(faults);
  return decided(before, 'REFUSED', { type: 'REFUSED', description: reason, amount: inCurrency(amount, currency) }, stamp);
};
