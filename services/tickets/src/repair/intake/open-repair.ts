import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { RepairDeps } from '../dependencies.js';
import { type IntakeBody, refuseByRole, usualAppointment } from './intake.schema.js';
import { viewRepair } from '../repair.view.js';
import { refusePreference } from '../../kernel/preferred-time.js';
import { offerClaims } from '../warranty/offer-claims.js';

/** `POST /repairs`: the desk takes a device in, or a customer asks for a repair. */
export const openRepair =
  (deps: RepairDeps) =>
  async (call: Call<IntakeBody>): Promise<Reply> => {
    const { caller, body, now } = call;
    const { describeIntake, writeRepair, bookForRepair, replicas } = deps;
    refuseByRole(caller, body);
    refusePreference(body, now);
    const repair = await writeRepair(call, await describeIntake(call));
    const { preferredAppointmentAt, preferredAppointmentType = usualAppointment(repair) } = body;
    const preferred = await bookForRepair(call, repair, { preferredAppointmentAt, preferredAppointmentType });
    const offer = await offerClaims(deps, caller, repair);
    return created(`/repairs/${repair.id}`, { ...(await viewRepair(replicas, caller, repair)), ...offer, ...preferred });
  };
