import type { Money } from '@riparo/shared/contracts/money';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { Replicated } from '@riparo/shared/persistence/replica';
import type { Replicas } from '../replica/replicas.js';
import { repairAlreadyPaid, repairWithoutOutcome } from './payment.errors.js';

/** The repair as the tickets service has it at this moment: what is due must not be read from a copy that is late. */
export type FindRepair = (tenantId: string, repairId: string) => Promise<PublishedRepair | undefined>;

export const createFindRepair =
  ({ repairs }: Pick<Replicas, 'repairs'>, tickets: InternalClient): FindRepair =>
  async (tenantId, repairId) => {
    const search = new URLSearchParams({ tenantId }).toString();
    try {
      const found = await tickets.get<PublishedRepair & Replicated>(`/internal/repairs/${repairId}?${search}`);
      await repairs.in(tenantId).keep(repairId, found.version, found);
      return found;
    } catch (error) {
      if (isDomainError(error) && error.kind === 'not-found') return undefined;
      throw error;
    }
  };

/** What is left to pay; copies of earlier versions do not say it. */
export const leftOf = ({ amountLeft, amountDue, amountPaid, waived }: PublishedRepair): Money =>
  amountLeft ?? { ...amountDue, amount: waived ? 0 : Math.max(0, amountDue.amount - amountPaid.amount) };

/** What is left to pay; 409 where there is nothing. */
export const refuseUnlessDue = (repair: PublishedRepair): Money => {
  if (repair.outcome === undefined) throw repairWithoutOutcome(repair.status);
  const left = leftOf(repair);
  if (left.amount === 0) throw repairAlreadyPaid();
  return left;
};
