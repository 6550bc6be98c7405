import type { Platform } from '@riparo/shared/composition/platform';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import type { Draft, Repository } from '@riparo/shared/persistence/repository';
import type { DomainEvent } from '@riparo/shared/contracts/event';
import { emailTaken } from './user.errors.js';
import { userRegistered, type User } from './user.js';

export type UserRepository = Repository<User, 'tasks'>;

export const USERS = 'users';

export const createUserRepository = ({ connection, clock, relay }: Platform): UserRepository =>
  createMongoRepository<User, 'tasks'>({
    connection,
    clock,
    relay,
    service: 'auth',
    collection: USERS,
    softDelete: true,
    appendOnly: ['tasks'],
    indexes: [
      { fields: { emailKey: 1 }, unique: true, partial: { emailKey: { $exists: true } } },
      { fields: { createdAt: 1, id: 1 } },
      { fields: { name: 1, id: 1 } },
      { fields: { role: 1, createdAt: 1, id: 1 } },
      { fields: { status: 1, createdAt: 1, id: 1 } },
      { fields: { customerId: 1, createdAt: 1, id: 1 } },
      { fields: { customerId: 1, status: 1, createdAt: 1, id: 1 } },
      { fields: { 'registration.status': 1, createdAt: 1, id: 1 } },
      { fields: { searchTerms: 1 } },
    ],
  });

/** Saves a new account; of two with one e-mail the unique index lets one through. */
export const insertUser = async (
  users: UserRepository,
  tenantId: string,
  draft: Draft<User>,
  events: (user: User) => readonly DomainEvent[] = userRegistered,
): Promise<User> => {
  const tenant = users.in(tenantId);
  try {
    return await tenant.insert(draft, events);
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    // Under an Idempotency-Key it may be the account that the first run of this very request has made.
    const own = await tenant.findWhole(draft.id);
    if (own === undefined) throw emailTaken();
    return own;
  }
};
