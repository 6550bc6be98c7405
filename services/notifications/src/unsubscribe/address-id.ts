import { seededIds } from '@riparo/shared/runtime/ids';

const EVER = new Date(0);

/** The id under which is kept what somebody without an account chose. It is made from the address alone, in whatever case that is written. */
export const addressId = (address: string): string => seededIds(`address ${address.toLowerCase()}`, EVER).next();
