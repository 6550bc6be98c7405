import { one, pageOf } from '@riparo/shared/http/reference/answer';
import { operations, type Tag } from '@riparo/shared/http/route';
import { failedAddressAnswer } from './failed-address.answer.js';

const FAILED_ADDRESSES: Tag = { name: 'Failed addresses', about: 'Addresses that mails came back from.' };

export const FAILED_ADDRESS_OPERATIONS = operations(FAILED_ADDRESSES, {
  listFailedAddresses: { answer: pageOf(failedAddressAnswer) },
  confirmFailedAddress: { answer: one(failedAddressAnswer), unversioned: true },
});
