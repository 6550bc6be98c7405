import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import { stampOf } from '../../conversation/stamp.js';
import { changeRepair, type RepairCall } from '../change-repair.js';
import { refuseUnlessTheirs } from '../outcome/decide-status.js';
import type { RepairDeps } from '../dependencies.js';
import { devicePassword } from '../intake/intake.schema.js';
import { applyChange } from '../apply-change.js';
import { refuseFullTimeline } from '../repair.js';
import { repairNotActive } from '../repair.errors.js';
import { viewRepair } from '../repair.view.js';

interface Body {
  /** `null` removes the password. */
  readonly devicePassword: string | null;
}

export const putDevicePasswordBody = Joi.object<Body>({ devicePassword: devicePassword().allow(null).required() });

/** `PUT /repairs/:id/device-password`: corrects, changes or removes the device password. */
export const putDevicePassword =
  ({ repairs, replicas, vault }: Pick<RepairDeps, 'repairs' | 'replicas' | 'vault'>) =>
  async (call: RepairCall<Body>): Promise<Reply> => {
    const { caller, body, params } = call;
    const stamp = stampOf(call);
    const owner = { tenantId: caller.tenantId, repairId: params.id };
    const sealed = body.devicePassword === null ? undefined : vault.sealPassword(owner, body.devicePassword);
    const after = await changeRepair({ repairs }, call, stamp, (before) => {
      refuseUnlessTheirs(before, stamp);
      const forgets = sealed === undefined && before.devicePassword !== undefined;
      // A repair that is over takes no new password and has none that could be removed.
      if (!before.active) {
        if (sealed === undefined) return { state: before };
        throw repairNotActive(before.status);
      }
      const entry = { type: 'SYSTEM' as const, body: sealed === undefined ? 'Device password forgotten' : 'Device password changed' };
      if (!forgets) refuseFullTimeline(before, entry.body);
      return applyChange(before, { state: { devicePassword: sealed }, entries: [entry] }, stamp);
    });
    return ok(await viewRepair(replicas, caller, after));
  };
