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

/** Gives back what a leaver was to do: it needs another technician. */
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
 * Gives back again what leavers still hold: a crash may have come between a booking or an assignment and its recheck,
 * or a late event gave work to a leaver. Each run reads technicians that are not active and no others.
 */
export const runGiveBack =
  ({ everyone }: Pick<Deps, 'everyone'>, giveBacks: readonly GiveBack[]) =>
  async (): Promise<void> => {
    for (const { tenantId, id } of await everyone.find({ active: false }, MAX_TECHNICIANS))
      for (const giveBack of giveBacks) await giveBack(tenantId, id);
  };
