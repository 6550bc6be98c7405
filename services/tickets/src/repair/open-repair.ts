import type { Caller } from '@riparo/shared/contracts/caller';
import { REPAIR_SOURCES, type RepairSource } from '@riparo/shared/contracts/enums';
import type { RepairDevice } from '@riparo/shared/contracts/repairs.events';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf, paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { DateTime } from 'luxon';
import { attachmentIds } from '../attachment/attach-files.js';
import { localDateOf } from '../schedule/day-or-instant.js';
import { customerOf, customerWords } from '../ticket/subject.js';
import { stampOf } from '../timeline/stamp.js';
import { deviceFields } from './device.schema.js';
import { FILES_ENTRY, open, openEvents, repairNumberOf, type Opening } from './decide-open.js';
import type { RepairDeps } from './deps.js';
import type { RepairDraft } from './repair.js';
import { viewRepair } from './repair.view.js';

interface Body {
  readonly device: RepairDevice;
  readonly problemDescription: string;
  readonly notes?: string;
  readonly attachmentIds?: readonly string[];
  readonly customerId?: string;
  readonly source?: RepairSource;
}

export const openRepairBody = Joi.object<Body>({
  device: deviceFields.required(),
  problemDescription: paragraph().required(),
  notes: paragraph(),
  attachmentIds: attachmentIds(),
  customerId: uuid(),
  source: oneOf(REPAIR_SOURCES),
});

const FOR_THE_DESK = ['customerId', 'source'] as const;

/** What only the desk may say is an unknown field in a customer's request. */
const refuseDeskFields = ({ customerId }: Caller, body: Body): void => {
  const faults = FOR_THE_DESK.filter((field) => customerId !== undefined && body[field] !== undefined);
  if (faults.length > 0) throw invalidInput(faults.map((path) => ({ path, message: 'is not a known field' })));
};

const describe = async (
  { replicas }: Pick<RepairDeps, 'replicas'>,
  { caller, body, ids }: Call<Body>,
  today: string,
  currency: string,
): Promise<Opening> => {
  const { customerId, customer } = await customerOf({ replicas }, caller, body.customerId);
  const { attachmentIds: _, source, ...sheet } = body;
  return {
    ...sheet,
    id: ids.next(),
    customerId,
    source: source ?? (caller.customerId === undefined ? 'COUNTER' : 'PORTAL'),
    underWarranty: sheet.device.warrantyEndDate !== undefined && sheet.device.warrantyEndDate >= today,
    createdByUserId: caller.userId,
    ...(caller.customerId === undefined ? {} : { contactUserId: caller.userId }),
    currency,
    words: customerWords(customer),
  };
};

/** `POST /repairs`: the desk takes a device in, or a customer asks for a repair. */
export const openRepair =
  (deps: Pick<RepairDeps, 'repairs' | 'replicas' | 'rulesOf' | 'currencyOf' | 'attachFiles'>) =>
  async (call: Call<Body>): Promise<Reply> => {
    const { caller, body, now } = call;
    const { tenantId } = caller;
    refuseDeskFields(caller, body);
    const [{ timeZone }, currency] = await Promise.all([deps.rulesOf(tenantId), deps.currencyOf(tenantId)]);
    const described = await describe(deps, call, localDateOf(now, timeZone), currency);
    const stamp = stampOf(call);
    const year = DateTime.fromJSDate(now, { zone: timeZone }).toFormat('yyyy');
    const subject = { type: 'REPAIR' as const, id: described.id, activityId: stamp.activityIds[FILES_ENTRY] as string, isInternal: false };
    const repair = await deps.attachFiles({ tenantId, userId: caller.userId, ids: body.attachmentIds, subject, now }, (files) => {
      const make = (sequence: number): RepairDraft => open({ ...described, files }, repairNumberOf(year, sequence), stamp);
      return deps.repairs.in(tenantId).insertNumbered(year, make, openEvents(stamp));
    });
    return created(`/repairs/${repair.id}`, await viewRepair(deps.replicas, caller, repair));
  };
