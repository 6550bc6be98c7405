import type { PublishedVehicle } from '@riparo/shared/contracts/vehicles.events';
import type { AssetLookup } from '../replica/asset-lookup.js';
import { vehicleNotAvailable, vehicleNotFound } from './vehicle.errors.js';

/** The vehicle that a person named; throws 404 when there is none, 409 when nothing can be booked with it now. */
export const availableVehicle = async (
  { assetLookup }: { readonly assetLookup: Pick<AssetLookup, 'vehicle'> },
  tenantId: string,
  vehicleId: string,
): Promise<PublishedVehicle> => {
  const vehicle = await assetLookup.vehicle(tenantId, vehicleId);
  if (vehicle === undefined) throw vehicleNotFound();
  if (vehicle.status !== 'AVAILABLE') throw vehicleNotAvailable(vehicle.status);
  return vehicle;
};
