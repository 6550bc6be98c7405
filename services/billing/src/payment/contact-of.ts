import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import type { Replicas } from '../replica/replicas.js';

/** The person of the customer whom mails about the repair go to; `undefined`: its contact address. */
export const contactOf = async (
  { users }: Pick<Replicas, 'users'>,
  tenantId: string,
  { customerId, contactUserId }: Pick<PublishedRepair, 'customerId' | 'contactUserId'>,
): Promise<string | undefined> => {
  const user = contactUserId === undefined ? undefined : await users.in(tenantId).find(contactUserId);
  return user?.customerId === customerId ? user.id : undefined;
};
