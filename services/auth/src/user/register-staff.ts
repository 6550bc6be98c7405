import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { accepted } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { email, oneOf } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { newPassword } from '../password/password.schema.js';
import type { PasswordHasher } from '../password/password-hasher.js';
import type { RegistrationLimiter } from './registration-limiter.js';
import { insertUser, type UserRepository } from './user.repository.js';
import { personFields, technicianFields } from './user.schema.js';
import { newUser, type Profile } from './user.js';
import { registrationView } from './user.view.js';

const ROLES = ['TECH', 'ENGINEER', 'AGENT', 'ADMIN'] as const;

interface Body extends Profile {
  readonly email: string;
  readonly password: string;
  readonly role: (typeof ROLES)[number];
}

export const registerStaffInput = {
  body: Joi.object<Body>({
    email: email().required(),
    password: newPassword().required(),
    role: oneOf(ROLES).required(),
    ...personFields,
    ...technicianFields,
  }),
};

interface Deps {
  readonly users: UserRepository;
  readonly hasher: PasswordHasher;
  readonly registrations: RegistrationLimiter;
}

/** Somebody wants to work here: nobody can sign in before an administrator has said yes. */
export const registerStaff =
  ({ users, hasher, registrations }: Deps) =>
  async ({ body: { password, ...person }, ids, now, ip }: PublicCall<Body>): Promise<Reply> => {
    const tenantId = DEFAULT_TENANT;
    const id = ids.next();
    const passwordHash = await hasher.hash(password);
    const draft = newUser({ id, ...person, status: 'PENDING', passwordHash, registration: { status: 'PENDING', requestedAt: now } });
    const user = await registrations.guard(tenantId, ip, now, () => insertUser(users, tenantId, draft));
    return accepted(
      { user: registrationView(user) },
      'Your registration is waiting for approval. You will get an e-mail as soon as it is decided.',
    );
  };
