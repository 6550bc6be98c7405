import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { DateTime } from 'luxon';
import { localDateOf } from '../schedule/day-or-instant.js';
import { stampOf } from '../timeline/stamp.js';
import { FILES_ENTRY, open, openEvents, repairNumberOf } from './decide-open.js';
import type { RepairDeps } from './deps.js';
import { describeIntake } from './describe-intake.js';
import { refuseByRole, type IntakeBody } from './intake.schema.js';
import type { RepairDraft } from './repair.js';
import { viewRepair } from './repair.view.js';

/** `POST /repairs`: the desk takes a device in, or a customer asks for a repair. */
export const openRepair =
  (deps: RepairDeps) =>
  async (call: Call<IntakeBody>): Promise<Reply> => {
    const { caller, body, now } = call;
    const { tenantId } = caller;
    refuseByRole(caller, body);
    const [{ timeZone }, currency] = await Promise.all([deps.rulesOf(tenantId), deps.currencyOf(tenantId)]);
    const described = await describeIntake(deps, call, { today: localDateOf(now, timeZone), currency });
    const stamp = stampOf(call);
    const year = DateTime.fromJSDate(now, { zone: timeZone }).toFormat('yyyy');
    const subject = { type: 'REPAIR' as const, id: described.id, activityId: stamp.activityIds[FILES_ENTRY] as string, isInternal: false };
    const repair = await deps.attachFiles({ tenantId, userId: caller.userId, ids: body.attachmentIds, subject, now }, (files) => {
      const make = (sequence: number): RepairDraft => open({ ...described, files }, repairNumberOf(year, sequence), stamp);
      return deps.repairs.in(tenantId).insertNumbered(year, make, openEvents(stamp));
    });
    return created(`/repairs/${repair.id}`, await viewRepair(deps.replicas, caller, repair));
  };
