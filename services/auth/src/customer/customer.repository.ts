import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Storage } from '../storage.js';
import type { Customer } from './customer.js';

export type CustomerRepository = Repository<Customer>;

export const createCustomerRepository = (storage: Storage): CustomerRepository =>
  createMongoRepository<Customer>({
    ...storage,
    collection: 'customers',
    softDelete: true,
    indexes: [
      { fields: { createdAt: 1, id: 1 } },
      { fields: { name: 1, id: 1 } },
      { fields: { status: 1, createdAt: 1, id: 1 } },
      { fields: { type: 1, createdAt: 1, id: 1 } },
      { fields: { searchTerms: 1 } },
      { fields: { fiscalCode: 1 }, partial: { fiscalCode: { $exists: true } } },
      { fields: { vatNumber: 1 }, partial: { vatNumber: { $exists: true } } },
      { fields: { contactEmail: 1 } },
      { fields: { contactPhone: 1 }, partial: { contactPhone: { $exists: true } } },
    ],
  });
