import type { VehicleEventV1, VehicleStatus } from '@riparo/shared/contracts/vehicles.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { MINUTE_MS } from '@riparo/shared/time/units';
import { clearReplanning, markForReplanning } from '../booking/decide-replan.js';
import type { AppointmentDeps } from '../dependencies.js';
import { MAX_MINUTES } from '../rules.js';
import { vehicleDiaryOf } from './vehicle-diary.js';

type Deps = Pick<AppointmentDeps, 'appointments' | 'replicas' | 'recheckBooking' | 'clock'>;

const MAX_VISITS = 5_000;

/** The visits with this vehicle that have not begun. Those whose time has passed are not planned anew. */
const plannedWith = async ({ appointments, clock }: Deps, tenantId: string, vehicleId: string) => {
  const now = clock.now();
  const since = new Date(now.getTime() - MAX_MINUTES * MINUTE_MS);
  const filter = { vehicleDiary: vehicleDiaryOf(vehicleId), status: 'SCHEDULED' as const, scheduledStartAt: { $gt: since } };
  const found = await appointments.in(tenantId).list(filter, { sort: { scheduledStartAt: 1, id: 1 }, limit: MAX_VISITS });
  return found.filter(({ scheduledEndAt }) => scheduledEndAt > now);
};

/** Nothing can be driven with it: a person has to find another vehicle, or another time. The visits keep it until then. */
const markAll = async (deps: Deps, tenantId: string, vehicleId: string): Promise<void> => {
  for (const { id } of await plannedWith(deps, tenantId, vehicleId))
    await deps.appointments
      .in(tenantId)
      .update(id, (before) =>
        before.vehicleId === vehicleId ? markForReplanning(before, 'VEHICLE_GONE', deps.clock.now(), vehicleId) : { state: before },
      );
};

/** It is there again before anybody acted. Another reason to plan anew may have come up meanwhile. */
const clearAll = async (deps: Deps, tenantId: string, vehicleId: string): Promise<void> => {
  const marked = (await plannedWith(deps, tenantId, vehicleId)).filter(({ replanning }) => replanning?.vehicleId === vehicleId);
  for (const { id } of marked) {
    const after = await deps.appointments
      .in(tenantId)
      .update(id, (before) =>
        before.vehicleId === vehicleId && before.replanning?.vehicleId === vehicleId
          ? clearReplanning(before, 'VEHICLE_GONE')
          : { state: before },
      );
    if (after !== undefined) await deps.recheckBooking(tenantId, after);
  }
};

/**
 * Keeps the copy of a vehicle, and marks its visits while it is not AVAILABLE. A booking looks at the copy after it was
 * saved, and this looks at the bookings after the copy was kept: one of the two sees the other. Two events that are
 * handled at once may write their marks in the wrong order, so the copy is read again until nothing has changed.
 */
export const onVehicle =
  (deps: Deps): EventHandler<VehicleEventV1> =>
  async ({ tenantid, aggregateversion, data: { vehicle } }) => {
    const copies = deps.replicas.vehicles.in(tenantid);
    await copies.keep(vehicle.id, aggregateversion, vehicle);
    const statusNow = async (): Promise<VehicleStatus | undefined> => (await copies.find(vehicle.id))?.status;
    for (let [seen, current] = [undefined as VehicleStatus | undefined, await statusNow()]; current !== seen;) {
      await (current === 'AVAILABLE' ? clearAll : markAll)(deps, tenantid, vehicle.id);
      [seen, current] = [current, await statusNow()];
    }
  };
