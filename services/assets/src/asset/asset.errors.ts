import { invalidInput, notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const assetNotFound = (): DomainError => notFound('asset');

export const serialNumberTaken = (): DomainError =>
  new DomainError('conflict', 'SERIAL_NUMBER_TAKEN', 'This customer has a device with that serial number already.');

export const assetRetired = (): DomainError =>
  new DomainError('conflict', 'ASSET_RETIRED', 'The device is retired and cannot be changed any more. The service desk can bring it back.');

export const assetWithoutPlace = (): DomainError =>
  new DomainError(
    'conflict',
    'ASSET_WITHOUT_PLACE',
    'The customer has neither a location nor an address: nobody knows where the device is.',
  );

export const warrantyBeforePurchase = (): DomainError =>
  invalidInput([{ path: 'warrantyEndDate', message: 'must not lie before purchaseDate' }]);

export const staffOnly = (path: string): DomainError => invalidInput([{ path, message: 'can only be set by staff' }]);
