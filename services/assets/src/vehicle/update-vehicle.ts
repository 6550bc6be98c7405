import Joi from 'joi';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { refuseTakenPlate } from './add-vehicle.js';
import { vehicleNotFound } from './vehicle.errors.js';
import { editedVehicleFields } from './vehicle.schema.js';
import { editVehicle, type Vehicle, type VehicleEdit } from './vehicle.js';
import { viewVehicle } from './vehicle.view.js';

export const updateVehicleBody = Joi.object<VehicleEdit>(editedVehicleFields).min(1);

/** `status` may bring a retired vehicle back. */
export const updateVehicle =
  ({ vehicles }: { readonly vehicles: Repository<Vehicle> }) =>
  async ({ caller, params: { id }, body, ifMatch, now }: Call<VehicleEdit, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const vehicle = await vehicles
      .in(tenantId)
      .update(id, (before) => editVehicle(before, body, { at: now, userId }), ifMatch === undefined ? {} : { ifMatch })
      .catch(refuseTakenPlate(vehicles, tenantId, body.plate));
    if (vehicle === undefined) throw vehicleNotFound();
    return ok(viewVehicle(vehicle, caller));
  };
