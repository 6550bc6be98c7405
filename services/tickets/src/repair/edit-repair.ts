import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { dayOrInstant, instant, paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { localDateOf } from '../kernel/day-or-instant.js';
import { customerWords } from '../kernel/customer-and-device.js';
import { stampOf } from '../conversation/stamp.js';
import { changeRepair, type RepairCall } from './change-repair.js';
import { edit, type EditBody, type EditRules } from './decide-edit.js';
import type { RepairDeps } from './dependencies.js';
import { deviceFields } from './intake/device.schema.js';
import { visibleTo } from './repair.access.js';
import { viewRepair } from './repair.view.js';

export const editRepairBody = Joi.object<EditBody>({
  device: deviceFields,
  problemDescription: paragraph(),
  notes: paragraph().allow(null),
  estimatedCompletionAt: dayOrInstant(instant().allow(null)),
  warrantyClaimOf: uuid().allow(null),
}).min(1);

/** `PUT /repairs/:id`: changes the given fields; a device is given completely. */
export const editRepair =
  (deps: Pick<RepairDeps, 'repairs' | 'replicas' | 'rulesOf' | 'claims'>) =>
  async (call: RepairCall<EditBody>): Promise<Reply> => {
    const { caller, params, body } = call;
    const { tenantId } = caller;
    const { customerId, createdAt, assetId, device } = visibleTo(caller, await deps.repairs.in(tenantId).find(params.id));
    const [customer, tenant] = await Promise.all([deps.replicas.customers.find(tenantId, customerId), deps.rulesOf(tenantId)]);
    const takenInOn = localDateOf(createdAt, tenant.timeZone);
    const { warrantyClaimOf: original, ...wanted } = body;
    const subject = { customerId, assetId, serialNumber: (body.device ?? device).serialNumber, day: takenInOn };
    const claim = original === undefined || original === null ? original : await deps.claims.claimOf(tenantId, original, subject);
    const rules: EditRules = {
      tenant,
      customerWords: customerWords(customer),
      wasUnderWarranty: ({ warrantyEndDate }) => warrantyEndDate !== undefined && warrantyEndDate >= takenInOn,
    };
    const stamp = stampOf(call);
    const after = await changeRepair(deps, call, stamp, (before) => edit(before, { ...wanted, claim }, stamp, rules));
    return ok(await viewRepair(deps.replicas, caller, after));
  };
