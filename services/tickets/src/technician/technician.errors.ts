import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const technicianNotFound = (): DomainError => notFound('technician');

export const technicianNotActive = (): DomainError =>
  new DomainError('conflict', 'TECHNICIAN_NOT_ACTIVE', 'The technician is not active and cannot be given tickets.');

export const timeOffNotFound = (): DomainError => notFound('time off');

export const timeOffTooMany = (most: number): DomainError =>
  new DomainError(
    'conflict',
    'TIME_OFF_TOO_MANY',
    `A technician can have ${most} times off at most. Remove some that have passed or join some.`,
  );
