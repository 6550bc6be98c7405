import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const assetNotFound = (): DomainError => notFound('asset');
export const locationNotFound = (): DomainError => notFound('location');
export const customerNotFound = (): DomainError => notFound('customer');

export const assetRetired = (): DomainError =>
  new DomainError('conflict', 'ASSET_RETIRED', 'The device is retired: no new work can be opened for it.');

export const customerNotActive = (): DomainError =>
  new DomainError('conflict', 'CUSTOMER_NOT_ACTIVE', 'The customer is suspended or closed: no new tickets can be opened.');
