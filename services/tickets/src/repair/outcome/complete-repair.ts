import { RESERVATION_CHARGES } from '@riparo/shared/contracts/parts.events';
import { UNUSED_PARTS } from '@riparo/shared/contracts/repair-outcome';
import { pieces, priceLines } from '@riparo/shared/http/price-line-schema';
import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { moneyOrMinorUnits, oneOf, paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { stampOf } from '../../conversation/stamp.js';
import { changeRepair, type RepairCall } from '../change-repair.js';
import type { RepairDeps } from '../dependencies.js';
import { viewRepair } from '../repair.view.js';
import { complete, type WorkReport } from './decide-outcome.js';
import type { PartUse } from './part-uses.js';

/** A year of work in minutes; more can only be a typing error. */
const MAX_MINUTES = 525_600;
const MAX_PARTS = 500;

export const completeRepairBody = Joi.object<WorkReport>({
  description: paragraph().required(),
  amount: moneyOrMinorUnits(),
  // Parts are added from their reservations.
  lines: priceLines(['LABOUR', 'FEE', 'DISCOUNT']),
  parts: Joi.array()
    .items(
      Joi.object<PartUse>({
        reservationId: uuid().required(),
        used: pieces(0).required(),
        unused: oneOf(UNUSED_PARTS),
        charge: oneOf(RESERVATION_CHARGES),
      }),
    )
    .unique('reservationId')
    .max(MAX_PARTS),
  productionCost: moneyOrMinorUnits(),
  labourMinutes: Joi.number().integer().min(0).max(MAX_MINUTES),
  notCoveredReason: paragraph(2_000),
});

/** `POST /repairs/:id/complete`: the technician completes the work, and says what became of the parts. */
export const completeRepair =
  (deps: Pick<RepairDeps, 'repairs' | 'replicas' | 'findReserved'>) =>
  async (call: RepairCall<WorkReport>): Promise<Reply> => {
    const { caller, params, body } = call;
    const reserved = await deps.findReserved(caller.tenantId, params.id);
    const stamp = stampOf(call);
    const after = await changeRepair(deps, call, stamp, (before) => complete(before, body, reserved, stamp));
    return ok(await viewRepair(deps.replicas, caller, after));
  };
