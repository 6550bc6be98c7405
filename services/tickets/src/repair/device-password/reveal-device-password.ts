import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { line } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { stampOf } from '../../conversation/stamp.js';
import { changeRepair, type RepairCall } from '../change-repair.js';
import { refuseUnlessTheirs } from '../outcome/decide-status.js';
import type { RepairDeps } from '../dependencies.js';
import { applyChange } from '../apply-change.js';
import { devicePasswordNotFound } from '../repair.errors.js';
import { refuseFullTimeline } from '../repair.js';

interface Body {
  readonly reason: string;
}

export const revealDevicePasswordBody = Joi.object<Body>({ reason: line(500).required() });

/**
 * `POST /repairs/:id/device-password/reveal`. The password is opened, then the entry is written, then the password is
 * sent. So nobody gets the password without an entry, and a password that cannot be opened leaves no entry. Customers
 * read who revealed it, when and why.
 */
export const revealDevicePassword =
  ({ repairs, vault }: Pick<RepairDeps, 'repairs' | 'vault'>) =>
  async (call: RepairCall<Body>): Promise<Reply> => {
    const { caller, body } = call;
    const stamp = stampOf(call);
    let devicePassword = '';
    await changeRepair({ repairs }, call, stamp, (before) => {
      refuseUnlessTheirs(before, stamp);
      if (before.devicePassword === undefined) throw devicePasswordNotFound();
      refuseFullTimeline(before, body.reason);
      devicePassword = vault.openPassword({ tenantId: caller.tenantId, repairId: before.id }, before.devicePassword);
      const entry = { type: 'SYSTEM' as const, body: `Device password looked at: ${body.reason}`, metadata: { reason: body.reason } };
      return applyChange(before, { state: {}, entries: [entry] }, stamp);
    });
    return ok({ devicePassword });
  };
