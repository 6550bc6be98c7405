import { action, get, type Route } from '@riparo/shared/http/route';
import { confirmFailedAddress } from './confirm-failed-address.js';
import { FAILED_ADDRESS_OPERATIONS } from './failed-address.reference.js';
import type { FailedAddresses } from './failed-address.repository.js';
import { listFailedAddresses, listFailedAddressesQuery } from './list-failed-addresses.js';

export const failedAddressRoutes = (deps: { readonly failedAddresses: FailedAddresses }): readonly Route[] => [
  get(
    '/failed-addresses',
    'read:inbound-mail',
    'Lists addresses that take no mail, those that failed last first.',
    { query: listFailedAddressesQuery },
    listFailedAddresses(deps),
    FAILED_ADDRESS_OPERATIONS.listFailedAddresses,
  ),
  action(
    '/failed-addresses/:id/confirm',
    'write:inbound-mail',
    'Says that an address is right, so that mails go there again.',
    {},
    confirmFailedAddress(deps),
    FAILED_ADDRESS_OPERATIONS.confirmFailedAddress,
  ),
];
