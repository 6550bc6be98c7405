import { operations, type Tag } from '@riparo/shared/http/route';

const CUSTOMER_TAG: Tag = { name: 'Customers', about: 'Whom the centre works for.' };

export const CUSTOMER_OPERATIONS = operations(CUSTOMER_TAG, {
  listCustomers: {},
  createCustomer: {},
  getCustomer: {},
  updateCustomer: {},
  closeCustomer: {},
  getCustomerProfile: {},
  updateCustomerProfile: {},
});
