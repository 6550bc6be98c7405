import type { Caller } from '@riparo/shared/contracts/caller';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { IfMatch } from '@riparo/shared/persistence/if-match';
import { isDone, stampOf, type Stamp } from '../conversation/stamp.js';
import { refuseStale } from '../kernel/shown-version.js';
import type { RepairDeps } from './dependencies.js';
import { visibleTo } from './repair.access.js';
import { repairNotFound } from './repair.errors.js';
import type { RepairDecision, RepairState } from './repair.js';
import { viewRepair } from './repair.view.js';

export type RepairCall<Body = unknown> = Call<Body, unknown, { id: string }>;

interface Ask {
  readonly caller: Caller;
  readonly params: { readonly id: string };
  readonly ifMatch?: IfMatch;
}

/** Updates a repair that the caller may see; honours `If-Match`. A repeated request does not make its change twice. */
export const changeRepair = async (
  { repairs }: Pick<RepairDeps, 'repairs'>,
  { caller, params: { id }, ifMatch }: Ask,
  stamp: Stamp,
  decide: (before: RepairState) => RepairDecision,
): Promise<RepairState> => {
  const after = await repairs.in(caller.tenantId).update(id, (before) => {
    // `If-Match` is checked here, after `isDone`: a repeated request names the version before its own change, and must not
    // be refused for that.
    if (isDone(before, stamp)) return { state: before };
    const visible = visibleTo(caller, before);
    refuseStale(caller, ifMatch, before);
    return decide(visible);
  });
  if (after === undefined) throw repairNotFound();
  return after;
};

/** Makes a use case that consists of one decision. It answers the repair after the decision. */
export const deciding =
  <Body>(decide: (before: RepairState, body: Body, stamp: Stamp) => RepairDecision) =>
  (deps: Pick<RepairDeps, 'repairs' | 'replicas'>) =>
  async (call: RepairCall<Body>): Promise<Reply> => {
    const stamp = stampOf(call);
    const after = await changeRepair(deps, call, stamp, (before) => decide(before, call.body, stamp));
    return ok(await viewRepair(deps.replicas, call.caller, after));
  };
