import { randomBytes } from 'node:crypto';
import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { IdSource } from '@riparo/shared/runtime/ids';
import type { PasswordHasher } from '../password/password-hasher.js';
import { insertUser, type UserRepository } from './user.repository.js';
import { newUser } from './user.js';

/** The account that the first start made, for whoever starts it to print once. */
export interface InitialAdmin {
  readonly email: string;
  /** Present only when it was made here: nobody else knows it and it is kept nowhere. */
  readonly password?: string;
}

export interface EnsureAdminOptions {
  readonly users: UserRepository;
  readonly hasher: PasswordHasher;
  readonly ids: IdSource;
  readonly email: string;
  /** `undefined`: one is made. */
  readonly password: string | undefined;
}

const PASSWORD_BYTES = 15;

/**
 * Makes the first SUPER_ADMIN of an installation that has none, and says so. Of two instances that start at once the
 * unique e-mail lets one make it.
 */
export const ensureAdmin = async ({ users, hasher, ids, email, password }: EnsureAdminOptions): Promise<InitialAdmin | undefined> => {
  if ((await users.in(DEFAULT_TENANT).count({ role: 'SUPER_ADMIN' })) > 0) return undefined;
  const chosen = password ?? randomBytes(PASSWORD_BYTES).toString('base64url');
  const draft = newUser({
    id: ids.next(),
    email: email.toLowerCase(),
    name: 'Administrator',
    role: 'SUPER_ADMIN',
    status: 'ACTIVE',
    emailVerified: true,
    passwordHash: await hasher.hash(chosen, ''),
  });
  try {
    await insertUser(users, DEFAULT_TENANT, draft);
  } catch (error) {
    if (isDomainError(error) && error.code === 'EMAIL_TAKEN') return undefined;
    throw error;
  }
  return { email: draft.email, ...(password === undefined ? { password: chosen } : {}) };
};
