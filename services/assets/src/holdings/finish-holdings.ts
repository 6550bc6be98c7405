import type { Clock } from '@riparo/shared/runtime/clock';
import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { ApplyHoldings } from './apply-holdings.js';

/** A command that has not finished for this long has died; in milliseconds. */
const UNSETTLED_MS = 10_000;
const BATCH = 100;

export interface FinishHoldingsDeps {
  readonly unfinishedHoldings: AcrossTenants;
  readonly applyHoldings: ApplyHoldings;
  readonly clock: Clock;
}

/** The job that finishes what died between its steps; the id of holdings is their customer's. */
export const createFinishHoldings =
  ({ unfinishedHoldings, applyHoldings, clock }: FinishHoldingsDeps) =>
  async (): Promise<void> => {
    const before = new Date(clock.now().getTime() - UNSETTLED_MS);
    const stragglers = await unfinishedHoldings.find({ unsettledSince: { $lt: before } }, BATCH);
    for (const { tenantId, id } of stragglers) await applyHoldings(tenantId, id);
  };
