import { REPAIR_STATUSES } from '@riparo/shared/contracts/enums';
import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { dayOrInstant, oneOf, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { stampOf } from '../../conversation/stamp.js';
import { changeRepair, type RepairCall } from '../change-repair.js';
import type { RepairDeps } from '../dependencies.js';
import { changeStatus, type StatusRequest } from './decide-status.js';
import { isInWork } from '../repair.js';
import { viewRepair } from '../repair.view.js';

/** A joi condition would do the same, but the API reference would then say that the field is never allowed. */
const whileInWork: Joi.CustomValidator<unknown, unknown> = (value, helpers) => {
  const [{ status }] = helpers.state.ancestors as [StatusRequest];
  // joi asks about a conditional schema whose field is not given, too.
  return value === undefined || isInWork(status) ? value : helpers.message({ custom: 'is not allowed here' });
};

export const changeRepairStatusBody = Joi.object<StatusRequest>({
  status: oneOf(REPAIR_STATUSES).required(),
  reason: paragraph(2_000),
  estimatedCompletionAt: dayOrInstant().custom(whileInWork),
});

/** `PATCH /repairs/:id/status`: changes of status that need no further data. */
export const changeRepairStatus =
  (deps: Pick<RepairDeps, 'repairs' | 'replicas' | 'rulesOf'>) =>
  async (call: RepairCall<StatusRequest>): Promise<Reply> => {
    const { caller, body } = call;
    const rules = await deps.rulesOf(caller.tenantId);
    const stamp = stampOf(call);
    const after = await changeRepair(deps, call, stamp, (before) => changeStatus(before, body, stamp, rules));
    return ok(await viewRepair(deps.replicas, caller, after));
  };
