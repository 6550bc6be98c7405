import type { CustomerData } from '@riparo/shared/http/customer-schema';
import { normalEmail, spellingsOf } from '@riparo/shared/text/normal';
import type { Filter } from 'mongodb';
import type { UserRepository } from '../user/user.repository.js';
import type { Customer } from './customer.js';
import type { CustomerRepository, StoredCustomer } from './customer.repository.js';

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

const kept = (text: string) => ({ $in: spellingsOf(text) });

/** The customers that the desk means by what it wrote down. */
export const sameCustomer = (data: CustomerData): Filter<StoredCustomer> => {
  const { name, surname, contactEmail } = data;
  const called = { contactEmail: kept(contactEmail), name: kept(name), ...(surname === undefined ? {} : { surname: kept(surname) }) };
  return { status: { $ne: 'CLOSED' }, $or: [...numbersOf(data), { ...called, ...withoutOther(data) }] };
};

/** What no two customers may have who are made by an intake at the same time: of two desks, one makes them. */
export const identityOf = (data: CustomerData): readonly string[] => {
  const numbers = numbersOf(data).map((number) => JSON.stringify(number));
  const { name, surname, contactEmail } = data;
  return numbers.length > 0 ? numbers : [JSON.stringify({ contactEmail, name, surname })];
};

/** A customer that the form may mean. Somebody signs in for this customer and nobody has verified who that is. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly surname?: string;
  readonly contactEmail: string;
  readonly contactPhone?: string;
}

export interface Found {
  /** The customer that the form means. */
  readonly customer?: Customer;
  /** Only without `customer`: the customers that a person has to choose from. */
  readonly candidates: readonly Candidate[];
}

const MAX_CANDIDATES = 10;
const MAX_USERS = 200;

const candidateOf = ({ id, name, surname, contactEmail, contactPhone }: Customer): Candidate => ({
  id,
  name,
  ...(surname === undefined ? {} : { surname }),
  contactEmail,
  ...(contactPhone === undefined ? {} : { contactPhone }),
});

/**
 * Finds the customer that a form of the desk means. Anybody can register under any name, with anybody's e-mail address and
 * fiscal code, and read everything that is filed under that account. So data alone lead to a customer only when nobody signs
 * in for this customer, or when one of those who do has verified the very e-mail address of the form by a mailed link.
 */
export const findSameCustomer = async (
  { customers, users }: { readonly customers: CustomerRepository; readonly users: UserRepository },
  tenantId: string,
  data: CustomerData,
): Promise<Found> => {
  const same = await customers.in(tenantId).list(sameCustomer(data), { sort: { id: 1 }, limit: MAX_CANDIDATES });
  const ids = same.map(({ id }) => id);
  const accounts = ids.length === 0 ? [] : await users.in(tenantId).list({ customerId: { $in: ids } }, { limit: MAX_USERS });
  const isCertain = ({ id }: Customer): boolean => {
    const theirs = accounts.filter(({ customerId }) => customerId === id);
    return theirs.length === 0 || theirs.some(({ email, emailVerified }) => emailVerified && normalEmail(email) === data.contactEmail);
  };
  const customer = same.find(isCertain);
  return customer === undefined ? { candidates: same.map(candidateOf) } : { customer, candidates: [] };
};
