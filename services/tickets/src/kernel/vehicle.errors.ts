import type { VehicleStatus } from '@riparo/shared/contracts/vehicles.events';
import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const vehicleNotFound = (): DomainError => notFound('vehicle');

export const vehicleNotAvailable = (current: VehicleStatus): DomainError =>
  new DomainError('conflict', 'VEHICLE_NOT_AVAILABLE', `The vehicle is ${current}: nothing can be booked with it.`, { extra: { current } });
