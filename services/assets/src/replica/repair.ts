import type { RepairStatus } from '@riparo/shared/contracts/enums';
import type { PublishedOutcome } from '@riparo/shared/contracts/repair-outcome';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';

/** A repair as this service keeps it: no amounts in it, and times that sort as times. */
export interface Repair {
  readonly number: string;
  readonly customerId: string;
  readonly assetId?: string;
  readonly problemDescription: string;
  readonly status: RepairStatus;
  readonly source: PublishedRepair['source'];
  readonly estimatedCompletionAt?: string;
  readonly estimatedCompletionDay?: string;
  readonly outcome?: Pick<PublishedOutcome, 'type' | 'description' | 'decidedAt'>;
  readonly collectedAt?: string;
  readonly createdAt: Date;
  /** Missing in copies of earlier versions. */
  readonly underWarranty?: boolean;
  readonly assignedToUserId?: string;
  /** In which the customer pays. Missing in copies of earlier versions. */
  readonly currency?: string;
  /** There is still something to be done. */
  readonly active: boolean;
  /** When it was repaired; missing while it was not, and when it was refused. */
  readonly servedAt?: Date;
}

const DONE: readonly RepairStatus[] = ['CLOSED', 'CANCELED'];
const NOT_BEGUN: readonly RepairStatus[] = ['PENDING', 'SCHEDULED', 'DISPATCHED'];

const toOutcome = ({ type, description, decidedAt }: PublishedOutcome) => ({ type, description, decidedAt });

export const toRepair = (repair: PublishedRepair): Repair => {
  const { number, customerId, assetId, problemDescription, status, source, outcome, collectedAt } = repair;
  const { estimatedCompletionAt, estimatedCompletionDay, underWarranty, assignedToUserId } = repair;
  return {
    number,
    customerId,
    problemDescription,
    status,
    source,
    underWarranty,
    currency: repair.amountDue.currency,
    createdAt: new Date(repair.createdAt),
    active: !DONE.includes(status),
    ...(assetId === undefined ? {} : { assetId }),
    ...(assignedToUserId === undefined ? {} : { assignedToUserId }),
    ...(estimatedCompletionAt === undefined ? {} : { estimatedCompletionAt }),
    ...(estimatedCompletionDay === undefined ? {} : { estimatedCompletionDay }),
    ...(collectedAt === undefined ? {} : { collectedAt }),
    ...(outcome === undefined ? {} : { outcome: toOutcome(outcome) }),
    ...(outcome?.type === 'COMPLETED' ? { servedAt: new Date(outcome.decidedAt) } : {}),
  };
};

/** The device is at the counter, or somebody works on it: what was only asked for has not begun. */
export const isUnderWay = ({ active, source, status }: Repair): boolean => active && (source === 'COUNTER' || !NOT_BEGUN.includes(status));
