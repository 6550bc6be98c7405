import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { CustomerData } from '@riparo/shared/http/customer-schema';
import { registeredCustomerSchema, type ProfileBody } from './customer.schema.js';

/**
 * The customer with a new profile. What identifies it is kept where the profile leaves it out, the rest is replaced;
 * whether everything fits together (a company in Italy needs a VAT number) can only be seen on the result.
 */
export const mergeProfile = (customer: CustomerData, profile: ProfileBody): CustomerData => {
  const { type, name, surname, contactEmail, contactPhone } = customer;
  const kept = {
    type,
    name,
    ...(surname === undefined ? {} : { surname }),
    contactEmail,
    ...(contactPhone === undefined ? {} : { contactPhone }),
  };
  const merged: CustomerData = { ...kept, ...profile };
  const { error } = registeredCustomerSchema.validate(merged, { abortEarly: false, errors: { label: false } });
  if (error === undefined) return merged;
  throw invalidInput(error.details.map(({ path, message }) => ({ path: path.join('.'), message })));
};
