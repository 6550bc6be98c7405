import type { PublishedVehicle } from '@riparo/shared/contracts/vehicles.events';
import type { Replicas } from '../../replica/replicas.js';
import type { Site } from '../slot/slot.js';

/** Where a vehicle stands when it is on no visit; `undefined` when nobody said where. */
export const homeBaseOf = (vehicle: (Pick<PublishedVehicle, 'homeBase'> & { readonly id: string }) | undefined): Site | undefined =>
  vehicle?.homeBase === undefined ? undefined : { key: `base-${vehicle.id}`, point: vehicle.homeBase.geo };

/** The home bases of the vehicles of visits, by the id of the vehicle. */
export const findHomeBases = async (
  { replicas }: { readonly replicas: Pick<Replicas, 'vehicles'> },
  tenantId: string,
  visits: readonly { readonly vehicleId?: string }[],
): Promise<ReadonlyMap<string, Site>> => {
  const vehicles = await replicas.vehicles.findMany(
    tenantId,
    visits.map(({ vehicleId }) => vehicleId),
  );
  return new Map(
    [...vehicles].flatMap(([id, vehicle]) => {
      const base = homeBaseOf(vehicle);
      return base === undefined ? [] : [[id, base]];
    }),
  );
};

/** The home base of the vehicle of a visit; visits without a vehicle have none. */
export const findHomeBase = async (
  { replicas }: { readonly replicas: Pick<Replicas, 'vehicles'> },
  tenantId: string,
  vehicleId: string | undefined,
): Promise<Site | undefined> => (vehicleId === undefined ? undefined : homeBaseOf(await replicas.vehicles.find(tenantId, vehicleId)));
