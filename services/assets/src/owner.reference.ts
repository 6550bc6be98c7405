import type { Problems } from '@riparo/shared/http/reference/problems';

/** `listedCustomer` can refuse so. */
export const OF_CUSTOMER: Problems = { 404: ['CUSTOMER_NOT_FOUND'] };
/** `FindOwner` can refuse so. */
export const FOR_CUSTOMER: Problems = { ...OF_CUSTOMER, 409: ['CUSTOMER_CLOSED'] };
