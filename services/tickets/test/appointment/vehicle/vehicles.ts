import { VehicleAdded, VehicleRetired, VehicleUpdated, type PublishedVehicle } from '@riparo/shared/contracts/vehicles.events';
import { randomUUID } from 'node:crypto';
import type { Bench } from '../../bench.js';

export const buildVehicle = (overrides: Partial<PublishedVehicle> = {}): PublishedVehicle => ({
  id: randomUUID(),
  plate: 'FG123HJ',
  brand: 'Fiat',
  model: 'Doblò',
  status: 'AVAILABLE',
  odometerKm: 42_000,
  ...overrides,
});

/** A vehicle that the service has heard of. */
export const addVehicle = async (bench: Bench, overrides: Partial<PublishedVehicle> = {}): Promise<PublishedVehicle> => {
  const vehicle = buildVehicle(overrides);
  await bench.test.publish(VehicleAdded, { vehicle, at: bench.test.clock.now().toISOString() }, { subject: vehicle.id });
  return vehicle;
};

/** Tells that the vehicle is at the workshop, gone, or there again. */
export const tellStatus = async (
  bench: Bench,
  before: PublishedVehicle,
  status: PublishedVehicle['status'],
  version = 2,
): Promise<void> => {
  const event = status === 'RETIRED' ? VehicleRetired : VehicleUpdated;
  const data = { vehicle: { ...before, status }, at: bench.test.clock.now().toISOString() };
  await bench.test.publish(event, data, { subject: before.id, version });
};
