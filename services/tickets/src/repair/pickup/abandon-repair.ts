import { noContent, ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { stampOf } from '../../conversation/stamp.js';
import { changeRepair, deciding, type RepairCall } from '../change-repair.js';
import type { RepairDeps } from '../dependencies.js';
import { viewRepair } from '../repair.view.js';
import { approveAbandon, requestAbandon, withdrawAbandon } from './decide-abandon.js';

interface Body {
  readonly reason: string;
}

export const abandonRepairBody = Joi.object<Body>({ reason: paragraph(2_000).required() });

/** `POST /repairs/:id/abandon`: an administrator wants to give up a device that nobody collects. */
export const abandonRepair =
  (deps: Pick<RepairDeps, 'repairs' | 'replicas' | 'rulesOf'>) =>
  async (call: RepairCall<Body>): Promise<Reply> => {
    const { caller, body } = call;
    const stamp = stampOf(call);
    const { timeZone } = await deps.rulesOf(caller.tenantId);
    const after = await changeRepair(deps, call, stamp, (before) => requestAbandon(before, body.reason, stamp, timeZone));
    return ok(await viewRepair(deps.replicas, caller, after));
  };

/** `POST /repairs/:id/abandon/approve`: another one agrees. */
export const approveAbandonment = deciding((before, _, stamp) => approveAbandon(before, stamp));

/** `DELETE /repairs/:id/abandon`: the device is kept for its customer. */
export const withdrawAbandonment =
  (deps: Pick<RepairDeps, 'repairs'>) =>
  async (call: RepairCall): Promise<Reply> => {
    const stamp = stampOf(call);
    await changeRepair(deps, call, stamp, (before) => withdrawAbandon(before, stamp));
    return noContent();
  };
