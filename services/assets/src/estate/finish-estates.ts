import type { Clock } from '@riparo/shared/runtime/clock';
import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { ApplyEstate } from './apply-estate.js';

/** A command that has not finished for this long has died; in milliseconds. */
const UNSETTLED_MS = 10_000;
const BATCH = 100;

export interface FinishEstatesDeps {
  readonly unfinishedEstates: AcrossTenants;
  readonly applyEstate: ApplyEstate;
  readonly clock: Clock;
}

/** The job that finishes what died between its steps; an estate's id is its customer's. */
export const createFinishEstates =
  ({ unfinishedEstates, applyEstate, clock }: FinishEstatesDeps) =>
  async (): Promise<void> => {
    const before = new Date(clock.now().getTime() - UNSETTLED_MS);
    const stragglers = await unfinishedEstates.find({ unsettledSince: { $lt: before } }, BATCH);
    for (const { tenantId, id } of stragglers) await applyEstate(tenantId, id);
  };
