import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Appointments } from './appointment.repository.js';
import { giveBack } from './booking/decide-replan.js';

interface Deps {
  readonly appointments: Appointments;
  readonly clock: Clock;
  /** Technicians of all tenants. */
  readonly everyone: AcrossTenants;
}

const MAX_APPOINTMENTS = 5_000;
const MAX_TECHNICIANS = 10_000;

/** What somebody was to do who is a technician no more: it needs somebody else. */
export type GiveBack = (tenantId: string, leaver: string) => Promise<void>;

export const createGiveBackAppointments =
  ({ appointments, clock }: Pick<Deps, 'appointments' | 'clock'>): GiveBack =>
  async (tenantId, leaver) => {
    for (const status of ['SCHEDULED', 'IN_TRANSIT'] as const) {
      const theirs = await appointments.in(tenantId).list({ technicianId: leaver, status }, { limit: MAX_APPOINTMENTS });
      for (const { id } of theirs) await appointments.in(tenantId).update(id, (before) => giveBack(before, leaver, clock.now()));
    }
  };

/**
 * What a crash between a booking or an assignment and its second look has left, and what an event that came late has
 * given to somebody who had left; each run looks at those who left only.
 */
export const runGiveBack =
  ({ everyone }: Pick<Deps, 'everyone'>, giveBacks: readonly GiveBack[]) =>
  async (): Promise<void> => {
    for (const { tenantId, id } of await everyone.find({ active: false }, MAX_TECHNICIANS))
      for (const giveBack of giveBacks) await giveBack(tenantId, id);
  };
