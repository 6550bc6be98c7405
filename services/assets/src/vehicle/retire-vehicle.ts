import { noContent } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { vehicleNotFound } from './vehicle.errors.js';
import { editVehicle, type Vehicle } from './vehicle.js';

/** DELETE retires: its log stays, and `PUT { status }` brings it back. */
export const retireVehicle =
  ({ vehicles }: { readonly vehicles: Repository<Vehicle> }) =>
  async ({ caller, params: { id }, ifMatch, now }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const vehicle = await vehicles
      .in(tenantId)
      .update(id, (before) => editVehicle(before, { status: 'RETIRED' }, { at: now, userId }), ifMatch === undefined ? {} : { ifMatch });
    if (vehicle === undefined) throw vehicleNotFound();
    return noContent();
  };
