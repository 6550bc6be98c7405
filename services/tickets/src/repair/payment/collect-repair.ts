import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { line } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { stampOf } from '../../conversation/stamp.js';
import { changeRepair, type RepairCall } from '../change-repair.js';
import type { RepairDeps } from '../dependencies.js';
import { viewRepair } from '../repair.view.js';
import { collect } from './decide-handover.js';

interface Body {
  /** The person who collected the device; not always the customer. */
  readonly collectedBy: string;
}

export const collectRepairBody = Joi.object<Body>({ collectedBy: line(200).required() });

/** `POST /repairs/:id/collect`: hands the device back and closes the repair. */
export const collectRepair =
  (deps: Pick<RepairDeps, 'repairs' | 'replicas' | 'rulesOf' | 'termsOf'>) =>
  async (call: RepairCall<Body>): Promise<Reply> => {
    const { caller, body } = call;
    const stamp = stampOf(call);
    const [{ timeZone }, { workWarranty, language }] = await Promise.all([deps.rulesOf(caller.tenantId), deps.termsOf(caller.tenantId)]);
    const after = await changeRepair(deps, call, stamp, (before) =>
      collect(before, body.collectedBy, stamp, { timeZone, workWarranty, language }),
    );
    return ok(await viewRepair(deps.replicas, caller, after));
  };
