import { isDeepStrictEqual } from 'node:util';
import {
  VehicleAdded,
  VehicleRetired,
  VehicleUpdated,
  type HomeBase,
  type PublishedVehicle,
  type VehicleStatus,
} from '@riparo/shared/contracts/vehicles.events';
import { compact } from '@riparo/shared/json/compact';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { serialKeyOf } from '@riparo/shared/text/serial-key';
import { boundedWords, searchWords } from '@riparo/shared/text/search-words';
import type { Photo } from '../asset/asset.js';
import type { By } from '../part/stock/stock-change.js';

/** What the desk writes of a vehicle. */
export interface VehicleFields {
  /** In capitals, without blanks and dashes; unique in the tenant. */
  readonly plate: string;
  readonly brand: string;
  readonly model: string;
  /** Of the first registration. */
  readonly year?: number;
  readonly odometerKm: number;
  readonly status: VehicleStatus;
  /** For the desk. */
  readonly notes?: string;
  readonly homeBase?: HomeBase;
}

export interface Vehicle extends Entity, VehicleFields {
  /** When the desk last said the kilometres; missing: when the vehicle was added. */
  readonly odometerSaidAt?: Date;
  readonly photo?: Photo;
  readonly searchWords: readonly string[];
}

/** `fg 123-hj` is the plate `FG123HJ`. */
export const plateOf = (typed: string): string => serialKeyOf(typed);

export const vehicleWords = ({ plate, brand, model }: Pick<VehicleFields, 'plate' | 'brand' | 'model'>): readonly string[] =>
  boundedWords(searchWords(plate, brand, model));

export const publishVehicle = ({ id, plate, brand, model, status, odometerKm, homeBase }: Vehicle): PublishedVehicle =>
  compact({ id, plate, brand, model, status, odometerKm, homeBase });

const told = (vehicle: Vehicle, { at, userId }: By) =>
  compact({ vehicle: publishVehicle(vehicle), at: at.toISOString(), actorUserId: userId });

export const newVehicle = (id: string, fields: VehicleFields): Draft<Vehicle> => ({ ...fields, id, searchWords: vehicleWords(fields) });

export const vehicleAdded = (userId: string) => (vehicle: Vehicle) => [VehicleAdded.with(told(vehicle, { at: vehicle.createdAt, userId }))];

const decide = (before: Vehicle, after: Vehicle, by: By): Decision<Vehicle> => {
  const state: Vehicle = compact({ ...after, searchWords: vehicleWords(after) });
  if (isDeepStrictEqual(state, compact({ ...before }))) return { state: before };
  const isRetired = before.status !== 'RETIRED' && state.status === 'RETIRED';
  return { state, events: [(isRetired ? VehicleRetired : VehicleUpdated).with(told(state, by))] };
};

/** Fields that are given replace, `null` clears, the others stay. */
export type VehicleEdit = { readonly [K in keyof VehicleFields]?: VehicleFields[K] | null };

/** The desk may set the kilometres to anything: it corrects what somebody mistyped. */
export const editVehicle = (vehicle: Vehicle, edit: VehicleEdit, by: By): Decision<Vehicle> => {
  const cleared = Object.fromEntries(Object.entries(edit).map(([field, value]) => [field, value ?? undefined]));
  const { odometerKm = vehicle.odometerKm } = edit;
  return decide(vehicle, { ...vehicle, ...cleared, ...(odometerKm === vehicle.odometerKm ? {} : { odometerSaidAt: by.at }) }, by);
};

/** What somebody read on the odometer, and when. */
export interface Reading {
  readonly km: number;
  readonly at: Date;
}

/** Readings only ever raise it, and what the desk says outweighs every reading made before. */
export const readOdometer = (vehicle: Vehicle, { km, at }: Reading, by: By): Decision<Vehicle> => {
  const { odometerKm, odometerSaidAt = vehicle.createdAt } = vehicle;
  return km > odometerKm && at > odometerSaidAt ? decide(vehicle, { ...vehicle, odometerKm: km }, by) : { state: vehicle };
};

/** No event: nobody else shows it. */
export const setPhoto = (vehicle: Vehicle, photo: Photo | undefined): Decision<Vehicle> => ({ state: compact({ ...vehicle, photo }) });
