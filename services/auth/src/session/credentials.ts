import { spellingsOf } from '@riparo/shared/text/normal';
import type { PasswordHasher } from '../password/password-hasher.js';
import type { GuessLimiter } from '../throttle/guess-limiter.js';
import type { UserRepository } from '../user/user.repository.js';
import type { UserState } from '../user/user.js';
import { NOBODY } from './known-address.js';
import { invalidCredentials } from './session.errors.js';
import type { SignInRecords } from './sign-in-record.repository.js';
import { isKnownAddress } from './sign-in-record.js';

export interface GivenCredentials {
  readonly tenantId: string;
  readonly email: string;
  readonly password: string;
  /** What they are given for; tries are counted for each. */
  readonly purpose: string;
  readonly ip: string;
  /** Told of a wrong password or e-mail before it is answered, with the account if there is one: for the audit trail. */
  readonly onWrong: (userId: string | undefined) => Promise<void>;
}

/** E-mail and password, checked so that nothing tells which of them is wrong: not answer, not header, not time. */
export interface Credentials {
  /** The account, in whatever state it is; throws `INVALID_CREDENTIALS`, or 429 during a pause. */
  check(given: GivenCredentials): Promise<UserState>;
}

export interface CredentialsOptions {
  readonly users: UserRepository;
  readonly hasher: PasswordHasher;
  readonly limiter: GuessLimiter;
  readonly records: SignInRecords;
}

export const createCredentials = ({ users, hasher, limiter, records }: CredentialsOptions): Credentials => ({
  check: async ({ tenantId, email, password, purpose, ip, onWrong }) => {
    const user = await users.in(tenantId).findOne({ emailKey: { $in: spellingsOf(email) } });
    const record = await records.find(tenantId, user?.id ?? NOBODY);
    const guess = { tenantId, purpose, account: email, ip, known: isKnownAddress(record, ip) };
    const right = await limiter.attempt(guess, () => hasher.verify(password, user?.passwordHash, ip));
    if (right && user !== undefined) return user;
    await onWrong(user?.id);
    throw invalidCredentials();
  },
});
