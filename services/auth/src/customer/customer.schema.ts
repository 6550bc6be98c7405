import { CUSTOMER_TYPES } from '@riparo/shared/contracts/enums';
import { customerFields, type CustomerData } from '@riparo/shared/http/customer-schema';
import { line, oneOf } from '@riparo/shared/http/schemas';
import Joi from 'joi';

export type RegisteredCustomer = Omit<CustomerData, 'contactEmail'> & { readonly contactEmail?: string };

/** In a registration the person's own e-mail and phone stand in for the customer's. */
export const registeredCustomerSchema = Joi.object<RegisteredCustomer>(customerFields);

/** Contact, address and fiscal fields of an existing customer; what it is and is called stays unless it is given. */
export type ProfileBody = Partial<CustomerData>;

export const profileSchema = Joi.object<ProfileBody>({ ...customerFields, type: oneOf(CUSTOMER_TYPES), name: line() }).min(1);
