import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const vehicleNotFound = (): DomainError => notFound('vehicle');

export const plateTaken = (vehicleId: string | undefined): DomainError =>
  new DomainError('conflict', 'PLATE_TAKEN', 'Another vehicle has this plate. A retired one keeps its plate.', { extra: { vehicleId } });
