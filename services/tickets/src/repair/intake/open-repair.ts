import { invalidInput } from '@riparo/shared/errors/common-errors';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { DateTime } from 'luxon';
import type { BookingDeps } from '../../appointment/booking/book-appointment.js';
import { bookPreferred } from '../../appointment/booking/book-preferred.js';
import type { AppointmentDeps } from '../../appointment/deps.js';
import { workOfRepair } from '../../appointment/work.js';
import { localDateOf } from '../../kernel/day-or-instant.js';
import { stampOf } from '../../conversation/stamp.js';
import { FILES_ENTRY, open, openEvents, repairNumberOf } from './decide-open.js';
import type { RepairDeps } from '../deps.js';
import { describeIntake } from './describe-intake.js';
import { refuseByRole, type IntakeBody } from './intake.schema.js';
import type { RepairDraft } from '../repair.js';
import { viewRepair } from '../repair.view.js';
import { usualAppointment } from '../usual-appointment.js';
import { refusePreference } from '../../kernel/preferred-time.js';

/** As when it is promised later. */
const refusePastEstimate = ({ estimatedCompletionAt: at }: IntakeBody, now: Date): void => {
  if (at !== undefined && at < now) throw invalidInput([{ path: 'estimatedCompletionAt', message: 'must not lie in the past' }]);
};

/** `POST /repairs`: the desk takes a device in, or a customer asks for a repair. */
export const openRepair =
  (deps: RepairDeps & BookingDeps & Pick<AppointmentDeps, 'planner' | 'rules'>) =>
  async (call: Call<IntakeBody>): Promise<Reply> => {
    const { caller, body, now } = call;
    const { tenantId } = caller;
    refuseByRole(caller, body);
    refusePreference(body, now);
    refusePastEstimate(body, now);
    const [{ timeZone }, currency] = await Promise.all([deps.rulesOf(tenantId), deps.currencyOf(tenantId)]);
    const described = await describeIntake(deps, call, { today: localDateOf(now, timeZone), currency });
    const stamp = stampOf(call);
    const year = DateTime.fromJSDate(now, { zone: timeZone }).toFormat('yyyy');
    const subject = { type: 'REPAIR' as const, id: described.id, activityId: stamp.activityIds[FILES_ENTRY] as string, isInternal: false };
    const repair = await deps.attachFiles({ tenantId, userId: caller.userId, ids: body.attachmentIds, subject, now }, (files) => {
      const make = (sequence: number): RepairDraft => open({ ...described, files }, repairNumberOf(year, sequence), stamp);
      return deps.repairs.in(tenantId).insertNumbered(year, make, openEvents(stamp));
    });
    const { preferredAppointmentAt, preferredAppointmentType = usualAppointment(repair) } = body;
    const preferred = await bookPreferred(deps, call, workOfRepair(repair), { preferredAppointmentAt, preferredAppointmentType });
    return created(`/repairs/${repair.id}`, { ...(await viewRepair(deps.replicas, caller, repair)), ...preferred });
  };
