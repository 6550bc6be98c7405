import type { Caller } from '@riparo/shared/contracts/caller';
import type { Call } from '@riparo/shared/http/route';
import { isDone, type Stamp } from '../timeline/stamp.js';
import type { RepairDeps } from './deps.js';
import { seen } from './repair.access.js';
import { repairNotFound } from './repair.errors.js';
import type { RepairDecision, RepairState } from './repair.js';

export type RepairCall<Body = unknown> = Call<Body, unknown, { id: string }>;

interface Ask {
  readonly caller: Caller;
  readonly params: { readonly id: string };
  readonly ifMatch?: number;
}

/** Updates a repair that the caller may see; honours `If-Match`. A change that was made already is not made twice. */
export const change = async (
  { repairs }: Pick<RepairDeps, 'repairs'>,
  { caller, params: { id }, ifMatch }: Ask,
  stamp: Stamp,
  decide: (before: RepairState) => RepairDecision,
): Promise<RepairState> => {
  const after = await repairs
    .in(caller.tenantId)
    .update(id, (before) => (isDone(before, stamp) ? { state: before } : decide(seen(caller, before))), { ifMatch });
  if (after === undefined) throw repairNotFound();
  return after;
};
