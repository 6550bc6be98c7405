import type { Call } from '@riparo/shared/http/route';
import { DateTime } from 'luxon';
import { stampOf } from '../../conversation/stamp.js';
import type { RepairDeps } from '../dependencies.js';
import type { RepairDraft, RepairState } from '../repair.js';
import { FILES_ENTRY, open, openEvents, repairNumberOf, type Opening } from './decide-open.js';
import type { IntakeBody } from './intake.schema.js';

/** Writes the repair with its files, under the next number of the year. */
export type WriteRepair = (call: Call<IntakeBody>, opening: Opening) => Promise<RepairState>;

export const createWriteRepair =
  ({ repairs, rulesOf, attachFiles }: Pick<RepairDeps, 'repairs' | 'rulesOf' | 'attachFiles'>): WriteRepair =>
  async (call, opening) => {
    const { caller, body, now } = call;
    const { tenantId, userId } = caller;
    const { timeZone } = await rulesOf(tenantId);
    const stamp = stampOf(call);
    const year = DateTime.fromJSDate(now, { zone: timeZone }).toFormat('yyyy');
    const subject = { type: 'REPAIR' as const, id: opening.id, activityId: stamp.activityIds[FILES_ENTRY] as string, isInternal: false };
    return attachFiles({ tenantId, userId, ids: body.attachmentIds, subject, now }, (files) => {
      const make = (sequence: number): RepairDraft => open({ ...opening, files }, repairNumberOf(year, sequence), stamp);
      return repairs.in(tenantId).insertNumbered(year, make, openEvents(stamp));
    });
  };
