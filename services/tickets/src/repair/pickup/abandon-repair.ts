import { noContent, ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { stampOf, type Stamp } from '../../conversation/stamp.js';
import { changeRepair, type RepairCall } from '../change-repair.js';
import type { RepairDeps } from '../dependencies.js';
import type { RepairDecision, RepairState } from '../repair.js';
import { viewRepair } from '../repair.view.js';
import { approveAbandon, requestAbandon, withdrawAbandon } from './decide-abandon.js';

interface Body {
  readonly reason: string;
}

export const abandonRepairBody = Joi.object<Body>({ reason: paragraph(2_000).required() });

type Deps = Pick<RepairDeps, 'repairs' | 'replicas' | 'rulesOf'>;

/** A decision that depends on the day of the tenant's calendar. */
const decidingOn =
  <Body>(decide: (before: RepairState, body: Body, stamp: Stamp, timeZone: string) => RepairDecision) =>
  (deps: Deps) =>
  async (call: RepairCall<Body>): Promise<Reply> => {
    const { caller, body } = call;
    const stamp = stampOf(call);
    const { timeZone } = await deps.rulesOf(caller.tenantId);
    const after = await changeRepair(deps, call, stamp, (before) => decide(before, body, stamp, timeZone));
    return ok(await viewRepair(deps.replicas, caller, after));
  };

/** `POST /repairs/:id/abandon`: an administrator wants to give up a device that nobody collects. */
export const abandonRepair = decidingOn<Body>((before, { reason }, stamp, timeZone) => requestAbandon(before, reason, stamp, timeZone));

/** `POST /repairs/:id/abandon/approve`: another one agrees. */
export const approveAbandonment = decidingOn((before, _, stamp, timeZone) => approveAbandon(before, stamp, timeZone));

/** `DELETE /repairs/:id/abandon`: the device is kept for its customer. */
export const withdrawAbandonment =
  (deps: Pick<RepairDeps, 'repairs'>) =>
  async (call: RepairCall): Promise<Reply> => {
    const stamp = stampOf(call);
    await changeRepair(deps, call, stamp, (before) => withdrawAbandon(before, stamp));
    return noContent();
  };
