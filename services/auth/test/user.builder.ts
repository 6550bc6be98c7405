import { randomUUID } from 'node:crypto';
import { buildCustomer } from './customer.builder.js';

export const PASSWORD = 'a long enough passphrase';

export const buildRegistration = (part: object = {}): Record<string, unknown> => {
  const { contactEmail: _email, contactPhone: _phone, ...customer } = buildCustomer();
  return {
    email: `customer-${randomUUID()}@example.test`,
    password: PASSWORD,
    name: 'Mario Rossi',
    phone: '+39 333 1234567',
    customer,
    ...part,
  };
};

export const buildStaff = (part: object = {}): Record<string, unknown> => ({
  email: `engineer-${randomUUID()}@centre.test`,
  password: PASSWORD,
  name: 'Ada Tecnica',
  role: 'ENGINEER',
  skills: ['HARDWARE', 'NETWORK'],
  ...part,
});
