import { CustomerClosed, CustomerCreated, CustomerUpdated, type PublishedCustomer } from '@riparo/shared/contracts/auth.events';
import type { CustomerStatus } from '@riparo/shared/contracts/enums';
import type { DomainEvent } from '@riparo/shared/contracts/event';
import type { CustomerData } from '@riparo/shared/http/customer-schema';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { personWords } from '../person-words.js';
import { customerClosed } from './customer.errors.js';

export interface Customer extends Entity, CustomerData {
  readonly status: CustomerStatus;
  /** Words of the search, see person-words.ts. */
  readonly searchTerms: readonly string[];
  /** Of one made by an intake, until it is changed: see same-customer.ts. */
  readonly intakeKeys?: readonly string[];
}

const DATA_KEYS = [
  'type',
  'name',
  'surname',
  'contactEmail',
  'contactPhone',
  'billingAddress',
  'fiscalCode',
  'vatNumber',
  'pec',
  'sdiCode',
  'wantsInvoice',
] as const satisfies readonly (keyof CustomerData)[];

/** The people-written part of a customer. */
export const dataOf = (customer: CustomerData): CustomerData =>
  Object.fromEntries(DATA_KEYS.filter((key) => customer[key] !== undefined).map((key) => [key, customer[key]])) as unknown as CustomerData;

export const customerWords = ({ name, surname, contactEmail, contactPhone, fiscalCode, vatNumber, pec }: CustomerData): readonly string[] =>
  personWords({ texts: [name, surname, contactEmail, fiscalCode, vatNumber, pec], phone: contactPhone });

export const published = (customer: Customer): PublishedCustomer => {
  const { id, type, name, surname, contactEmail, contactPhone, billingAddress, status } = customer;
  return {
    id,
    type,
    name,
    ...(surname === undefined ? {} : { surname }),
    contactEmail,
    ...(contactPhone === undefined ? {} : { contactPhone }),
    ...(billingAddress === undefined ? {} : { city: billingAddress.city, country: billingAddress.country }),
    ...(billingAddress?.state === undefined ? {} : { state: billingAddress.state }),
    status,
  };
};

export const newCustomer = (id: string, data: CustomerData): Draft<Customer> => ({
  id,
  ...dataOf(data),
  status: 'ACTIVE',
  searchTerms: customerWords(data),
});

export const customerCreated = (customer: Customer): readonly DomainEvent[] => [CustomerCreated.with({ customer: published(customer) })];

const updated = (state: Customer): Decision<Customer> => ({
  state,
  events: [CustomerUpdated.with({ customer: published(state) })],
});

/** Replaces what people write; a field that is left out is gone. Nothing changed, nothing told. */
export const changeCustomer = (customer: Customer, data: CustomerData, status: CustomerStatus = customer.status): Decision<Customer> => {
  if (customer.status === 'CLOSED') throw customerClosed();
  const { id, version, createdAt, updatedAt } = customer;
  const state = { ...newCustomer(id, data), status, version, createdAt, updatedAt };
  return isSame(customer, state) ? { state: customer } : updated(state);
};

const isSame = (before: Customer, after: Customer): boolean =>
  before.status === after.status && DATA_KEYS.every((key) => JSON.stringify(before[key]) === JSON.stringify(after[key]));

/** Closing twice is fine: the second time nothing happens. */
export const closeCustomer = (customer: Customer): Decision<Customer> => {
  if (customer.status === 'CLOSED') return { state: customer };
  // Who comes back after that is a new customer.
  const { intakeKeys: _keys, ...rest } = customer;
  const state: Customer = { ...rest, status: 'CLOSED' };
  return { state, events: [CustomerClosed.with({ customer: published(state) })] };
};
