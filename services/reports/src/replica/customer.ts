import type { PublishedCustomer } from '@riparo/shared/contracts/auth.events';
import { compact } from '@riparo/shared/json/compact';

/** By name, where a report names them. */
export type Customer = Pick<PublishedCustomer, 'name' | 'surname'>;

export const toCustomer = ({ name, surname }: PublishedCustomer): Customer => compact({ name, surname });
