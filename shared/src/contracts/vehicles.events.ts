import Joi from 'joi';
import { defineEvent } from './event.js';
import { id, instant, text } from './fragments.js';

/** AVAILABLE can be booked; IN_SERVICE is at the workshop for a while; RETIRED is gone for good. */
export const VEHICLE_STATUSES = ['AVAILABLE', 'IN_SERVICE', 'RETIRED'] as const;
export type VehicleStatus = (typeof VEHICLE_STATUSES)[number];

/** Where a vehicle stands when it is not on a visit. */
export interface HomeBase {
  /** In one line. */
  readonly address: string;
  /** Degrees; unknown for many addresses. */
  readonly geo?: { readonly lat: number; readonly lng: number };
}

/** A vehicle as the other services know it. */
export interface PublishedVehicle {
  readonly id: string;
  /** As on the car, in capital letters and without spaces: `FG123HJ`. */
  readonly plate: string;
  readonly brand: string;
  readonly model: string;
  readonly status: VehicleStatus;
  readonly odometerKm: number;
  readonly homeBase?: HomeBase;
}

const vehicle = Joi.object<PublishedVehicle>({
  id: id.required(),
  plate: text.required(),
  brand: text.required(),
  model: text.required(),
  status: Joi.valid(...VEHICLE_STATUSES).required(),
  odometerKm: Joi.number().integer().required(),
  homeBase: Joi.object<HomeBase>({
    address: text.required(),
    geo: Joi.object({ lat: Joi.number().required(), lng: Joi.number().required() }).unknown(true),
  }).unknown(true),
}).unknown(true);

/** Every event of a vehicle carries the vehicle after the change, its time, and who made it (`undefined`: the system). */
export interface VehicleEventV1 {
  readonly vehicle: PublishedVehicle;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly actorUserId?: string;
}
const plain = Joi.object<VehicleEventV1>({ vehicle: vehicle.required(), at: instant.required(), actorUserId: id });

const vehicleEvent = (name: string, description: string) =>
  defineEvent<VehicleEventV1>(`riparo.assets.vehicle-${name}.v1`, description, plain);

export const VehicleAdded = vehicleEvent('added', 'The centre has a new vehicle.');
export const VehicleUpdated = vehicleEvent('updated', 'A field of a vehicle changed, its status or its kilometres too.');
export const VehicleRetired = vehicleEvent('retired', 'A vehicle is gone for good; nothing can be booked with it.');
