import type { Platform } from '@riparo/shared/composition/platform';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Task } from '../task/task.js';
import type { Customer } from './customer.js';

/** A customer as it is kept: with what is still to be done because of a write to it, see task.ts. */
export interface StoredCustomer extends Customer {
  readonly tasks: readonly Task[];
}

export type CustomerRepository = Repository<StoredCustomer, 'tasks'>;

export const createCustomerRepository = ({ connection, clock, relay }: Platform): CustomerRepository =>
  createMongoRepository<StoredCustomer, 'tasks'>({
    connection,
    clock,
    relay,
    service: 'auth',
    collection: 'customers',
    softDelete: true,
    appendOnly: ['tasks'],
    indexes: [
      { fields: { createdAt: 1, id: 1 } },
      { fields: { name: 1, id: 1 } },
      { fields: { status: 1, createdAt: 1, id: 1 } },
      { fields: { type: 1, createdAt: 1, id: 1 } },
      { fields: { searchTerms: 1 } },
      { fields: { fiscalCode: 1 }, partial: { fiscalCode: { $exists: true } } },
      { fields: { vatNumber: 1 }, partial: { vatNumber: { $exists: true } } },
      { fields: { contactEmail: 1 } },
      { fields: { intakeKeys: 1 }, unique: true, partial: { intakeKeys: { $exists: true } } },
      { fields: { contactPhone: 1 }, partial: { contactPhone: { $exists: true } } },
    ],
  });
