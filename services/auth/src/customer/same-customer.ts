import type { CustomerData } from '@riparo/shared/http/customer-schema';
import type { Filter } from 'mongodb';
import type { StoredCustomer } from './customer.repository.js';

/** Numbers of the state tell who somebody is; without them name and e-mail together have to. */
const numbersOf = ({ fiscalCode, vatNumber }: CustomerData) => [
  ...(fiscalCode === undefined ? [] : [{ fiscalCode }]),
  ...(vatNumber === undefined ? [] : [{ vatNumber }]),
];

/** Whoever has another fiscal code or VAT number is somebody else, though they be called the same: father and son. */
const withoutOther = ({ fiscalCode, vatNumber }: CustomerData) => ({
  ...(fiscalCode === undefined ? {} : { fiscalCode: { $exists: false } }),
  ...(vatNumber === undefined ? {} : { vatNumber: { $exists: false } }),
});

/** The customers that the desk means by what it wrote down. */
export const sameCustomer = (data: CustomerData): Filter<StoredCustomer> => {
  const { name, surname, contactEmail } = data;
  const called = { contactEmail, name, ...(surname === undefined ? {} : { surname }) };
  return { status: { $ne: 'CLOSED' }, $or: [...numbersOf(data), { ...called, ...withoutOther(data) }] };
};

/** What no two customers may have who are made by an intake at the same time: of two desks, one makes them. */
export const identityOf = (data: CustomerData): readonly string[] => {
  const numbers = numbersOf(data).map((number) => JSON.stringify(number));
  const { name, surname, contactEmail } = data;
  return numbers.length > 0 ? numbers : [JSON.stringify({ contactEmail, name, surname })];
};
