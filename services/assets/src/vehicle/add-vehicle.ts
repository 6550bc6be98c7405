import Joi from 'joi';
import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { plateTaken } from './vehicle.errors.js';
import { newVehicleFields } from './vehicle.schema.js';
import { newVehicle, vehicleAdded, type Vehicle, type VehicleFields } from './vehicle.js';
import { viewVehicle } from './vehicle.view.js';

export const addVehicleBody = Joi.object<VehicleFields>(newVehicleFields);

/** Turns the refusal of the unique index into one that names the vehicle which has the plate. */
export const refuseTakenPlate =
  (vehicles: Repository<Vehicle>, tenantId: string, plate: string | null | undefined) =>
  async (error: unknown): Promise<never> => {
    if (!(error instanceof DuplicateKeyError) || !error.fields.includes('plate') || typeof plate !== 'string') throw error;
    throw plateTaken((await vehicles.in(tenantId).findOne({ plate }))?.id);
  };

export const addVehicle =
  ({ vehicles }: { readonly vehicles: Repository<Vehicle> }) =>
  async ({ caller, body, ids }: Call<VehicleFields>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const vehicle = await vehicles
      .in(tenantId)
      .insert(newVehicle(ids.next(), body), vehicleAdded(userId))
      .catch(refuseTakenPlate(vehicles, tenantId, body.plate));
    return created(`/vehicles/${vehicle.id}`, viewVehicle(vehicle, caller));
  };
