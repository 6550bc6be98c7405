import { cut } from '@riparo/shared/text/cut';
import type { RepairOutcome, RepairStatus } from '@riparo/shared/contracts/enums';
import type { Money } from '@riparo/shared/contracts/money';
import type { PublishedOutcome } from '@riparo/shared/contracts/repair-outcome';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { compact } from '@riparo/shared/json/compact';
import { serialKeyOf } from '@riparo/shared/text/serial-key';
import { DAY_MS, HOUR_MS } from '@riparo/shared/time/units';
import { keyOf, LONGEST, termsOf } from './texts.js';

/** What came out of a repair, in the fields that reports add up. There is one at most: no outcome is ever undone. */
export interface RepairResult {
  readonly type: RepairOutcome;
  readonly at: Date;
  readonly technicianId: string;
  /** From intake to outcome by the clock on the wall, to a tenth. */
  readonly hours: number;
  /** What is charged, without what the customer was let off. */
  readonly revenue: Money;
  /** What it cost the centre. */
  readonly cost?: Money;
  /** What was done; of a refusal nothing. */
  readonly solution?: string;
  readonly solutionKey?: string;
}

/** A repair as this service keeps it. Keys are what texts are told apart by: nobody writes them the same way twice. */
export interface Repair {
  readonly number: string;
  readonly status: RepairStatus;
  /** Neither CLOSED nor CANCELED. */
  readonly active: boolean;
  readonly assigned: boolean;
  /** Missing in copies of earlier versions until the repair changes. */
  readonly assignedToUserId?: string;
  readonly createdAt: Date;
  readonly brand: string;
  readonly brandKey: string;
  readonly model: string;
  readonly modelKey: string;
  readonly problem: string;
  readonly problemKey: string;
  readonly problemWords: readonly string[];
  /** How old the device was when it was taken in; left out when nobody knows. */
  readonly daysSincePurchase?: number;
  readonly outcome?: RepairResult;
  /** This and the fields below are missing in copies of earlier versions until the repair changes. */
  readonly customerId?: string;
  /** Two repairs are of one device when either of these is the same. */
  readonly assetId?: string;
  readonly serialKey?: string;
  readonly collectedAt?: Date;
  /** Of parts that were built in, as far as they have one. */
  readonly partNames?: readonly string[];
  /** The repair whose work failed, where this one is a claim. */
  readonly claimOf?: string;
  /** What is left to pay, and since the outcome of when; missing: nothing. */
  readonly open?: Money;
  readonly openSince?: Date;
}

const hoursBetween = (from: string, to: string): number =>
  Math.max(0, Math.round(((Date.parse(to) - Date.parse(from)) / HOUR_MS) * 10) / 10);

const solutionOf = ({ type, description }: PublishedOutcome): Pick<RepairResult, 'solution' | 'solutionKey'> =>
  type === 'COMPLETED' ? { solution: cut(description, LONGEST), solutionKey: keyOf(description) } : {};

const toResult = (outcome: PublishedOutcome, { amountDue, amountPaid, waived, createdAt }: PublishedRepair): RepairResult => ({
  type: outcome.type,
  at: new Date(outcome.decidedAt),
  technicianId: outcome.decidedByUserId,
  hours: hoursBetween(createdAt, outcome.decidedAt),
  revenue: waived ? amountPaid : amountDue,
  ...(outcome.productionCost === undefined ? {} : { cost: outcome.productionCost }),
  ...solutionOf(outcome),
});

const daysSince = (purchaseDate: string | undefined, createdAt: string): number | undefined => {
  if (purchaseDate === undefined) return undefined;
  const days = Math.floor((Date.parse(createdAt) - Date.parse(purchaseDate)) / DAY_MS);
  return days < 0 ? undefined : days;
};

/**
 * What the texts of a stored repair are compared by, made anew. The words of a long problem come from themselves, because the
 * end of such a text is not kept.
 */
export const withKeysAnew = ({ brand, model, problem, problemWords, outcome }: Repair): Partial<Repair> => ({
  brandKey: keyOf(brand),
  modelKey: keyOf(model),
  problemKey: keyOf(problem),
  problemWords: termsOf(...problemWords),
  ...(outcome?.solution === undefined ? {} : { outcome: { ...outcome, solutionKey: keyOf(outcome.solution) } }),
});

const openOf = ({ outcome, amountDue, amountPaid, amountLeft, waived }: PublishedRepair): Pick<Repair, 'open' | 'openSince'> => {
  const difference = waived ? 0 : amountDue.amount - amountPaid.amount;
  const open = amountLeft ?? { ...amountDue, amount: Math.max(0, difference) };
  return outcome === undefined || open.amount === 0 ? {} : { open, openSince: new Date(outcome.decidedAt) };
};

/** Whose device it is, when it went, and what it is a claim of. */
const deviceOf = ({ customerId, assetId, assignedToUserId, device, collectedAt, warrantyClaimOf }: PublishedRepair): Partial<Repair> =>
  compact({
    customerId,
    assetId,
    assignedToUserId,
    serialKey: serialKeyOf(device.serialNumber),
    collectedAt: collectedAt === undefined ? undefined : new Date(collectedAt),
    claimOf: warrantyClaimOf?.repairId,
  });

/** Parts that were built in. */
const partsOf = ({ outcome }: PublishedRepair): Pick<Repair, 'partNames'> => {
  const names = (outcome?.parts ?? []).flatMap(({ name, used }) => (used > 0 && name !== undefined ? [cut(name, LONGEST)] : []));
  return names.length === 0 ? {} : { partNames: names };
};

export const toRepair = (repair: PublishedRepair): Repair => {
  const { number, status, device, problemDescription, outcome, createdAt } = repair;
  const daysSincePurchase = daysSince(device.purchaseDate, createdAt);
  return {
    number,
    status,
    active: status !== 'CLOSED' && status !== 'CANCELED',
    assigned: repair.assignedToUserId !== undefined,
    createdAt: new Date(createdAt),
    brand: device.brand,
    brandKey: keyOf(device.brand),
    model: device.model,
    modelKey: keyOf(device.model),
    problem: cut(problemDescription, LONGEST),
    problemKey: keyOf(problemDescription),
    problemWords: termsOf(problemDescription),
    ...(daysSincePurchase === undefined ? {} : { daysSincePurchase }),
    ...(outcome === undefined ? {} : { outcome: toResult(outcome, repair) }),
    ...deviceOf(repair),
    ...partsOf(repair),
    ...openOf(repair),
  };
};
