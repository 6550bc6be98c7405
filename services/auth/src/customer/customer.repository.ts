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
    ],
  });
