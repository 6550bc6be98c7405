import { create, get, put, remove, type Route } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { closeCustomer } from './close-customer.js';
import { createCustomer, createCustomerInput } from './create-customer.js';
import { CUSTOMER_OPERATIONS } from './customer.reference.js';
import { getCustomer } from './get-customer.js';
import { getProfile } from './get-profile.js';
import {
  internalFindOrMakeCustomer,
  internalFindOrMakeCustomerInput,
  internalGetAddress,
  internalGetBuyer,
  internalGetCustomer,
  internalGetCustomerInput,
} from './internal-customers.js';
import { listCustomers, listCustomersInput } from './list-customers.js';
import { putProfile, putProfileInput } from './put-profile.js';
import { updateCustomer, updateCustomerInput } from './update-customer.js';

/** Customers, for people and for other services. */
export const customerRoutes = (deps: Dependencies): readonly Route[] => [
  get('/customers', 'read:customers', 'All customers.', listCustomersInput, listCustomers(deps), CUSTOMER_OPERATIONS.listCustomers),
  create(
    '/customers',
    'write:customers',
    'Creates a customer without a login.',
    createCustomerInput,
    createCustomer(deps),
    CUSTOMER_OPERATIONS.createCustomer,
  ),
  get('/customers/:id', 'read:customers', 'A customer.', {}, getCustomer(deps), CUSTOMER_OPERATIONS.getCustomer),
  put(
    '/customers/:id',
    'write:customers',
    "Replaces a customer's data.",
    updateCustomerInput,
    updateCustomer(deps),
    CUSTOMER_OPERATIONS.updateCustomer,
  ),
  remove(
    '/customers/:id',
    'write:customers',
    'Closes a customer who has no open work.',
    {},
    closeCustomer(deps),
    CUSTOMER_OPERATIONS.closeCustomer,
  ),
  get(
    '/customers/:id/profile',
    'write:customer-profile',
    "A customer's contact and fiscal data.",
    {},
    getProfile(deps),
    CUSTOMER_OPERATIONS.getCustomerProfile,
  ),
  put(
    '/customers/:id/profile',
    'write:customer-profile',
    "Replaces a customer's contact and fiscal data.",
    putProfileInput,
    putProfile(deps),
    CUSTOMER_OPERATIONS.updateCustomerProfile,
  ),
  get('/internal/customers/:id', 'internal', 'A customer, for another service.', internalGetCustomerInput, internalGetCustomer(deps), {
    root: true,
  }),
  get(
    '/internal/customers/:id/address',
    'internal',
    "A customer's billing address, if there is one.",
    internalGetCustomerInput,
    internalGetAddress(deps),
    { root: true },
  ),
  get(
    '/internal/customers/:id/buyer',
    'internal',
    'Whom documents for a customer are made out to.',
    internalGetCustomerInput,
    internalGetBuyer(deps),
    { root: true },
  ),
  create(
    '/internal/customers',
    'internal',
    'Finds or makes a customer, for the intake.',
    internalFindOrMakeCustomerInput,
    internalFindOrMakeCustomer(deps),
    { root: true },
  ),
];
