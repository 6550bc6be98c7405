import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { vehicleNotFound } from './vehicle.errors.js';
import type { Vehicle } from './vehicle.js';
import { viewVehicle } from './vehicle.view.js';

export const getVehicle =
  ({ vehicles }: { readonly vehicles: Repository<Vehicle> }) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const vehicle = await vehicles.in(caller.tenantId).find(id);
    if (vehicle === undefined) throw vehicleNotFound();
    return ok(viewVehicle(vehicle, caller));
  };
