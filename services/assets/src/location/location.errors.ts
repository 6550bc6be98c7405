import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const locationNotFound = (): DomainError => notFound('location');

export const locationInUse = (assetCount: number): DomainError =>
  new DomainError('conflict', 'LOCATION_IN_USE', 'Devices live at this location. Move or retire them first.', { extra: { assetCount } });

export const primaryLocationRequired = (): DomainError =>
  new DomainError('conflict', 'PRIMARY_LOCATION_REQUIRED', 'One location has to be the primary one. Make another one primary instead.');

export const locationLimitReached = (limit: number): DomainError =>
  new DomainError('conflict', 'LOCATION_LIMIT_REACHED', `A customer can have at most ${limit} locations.`, { extra: { limit } });
