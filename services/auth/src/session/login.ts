import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { email } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { givenPassword } from '../password/password.schema.js';
import type { PasswordHasher } from '../password/password-hasher.js';
import type { GuessLimiter } from '../throttle/guess-limiter.js';
import type { UserState } from '../user/user.js';
import type { SignedIn } from './complete-sign-in.js';
import { accountDisabled, invalidCredentials, invitationPending, registrationPending, registrationRejected } from './session.errors.js';
import type { SignInRecords } from './sign-in-record.repository.js';
import { isKnownAddress } from './sign-in-record.js';
import type { UserRepository } from '../user/user.repository.js';

interface Body {
  readonly email: string;
  readonly password: string;
}

export const loginInput = { body: Joi.object<Body>({ email: email().required(), password: givenPassword().required() }) };

interface Deps {
  readonly users: UserRepository;
  readonly hasher: PasswordHasher;
  readonly limiter: GuessLimiter;
  readonly records: SignInRecords;
  readonly completeSignIn: SignedIn;
}

/** No account, or somebody else's: looked up all the same, so that both take as long. */
const NOBODY = '00000000-0000-7000-8000-000000000000';

/** Only who knows the password learns in what state the account is. */
export const refuseUnlessActive = ({ status, registration }: UserState): void => {
  if (status === 'PENDING') throw registrationPending();
  if (status === 'REJECTED') throw registrationRejected(registration?.reason);
  if (status === 'DISABLED') throw accountDisabled();
  if (status === 'INVITED') throw invitationPending();
};

export const login =
  ({ users, hasher, limiter, records, completeSignIn }: Deps) =>
  async ({ body, now, ip, userAgent }: PublicCall<Body>): Promise<Reply> => {
    const tenantId = DEFAULT_TENANT;
    const user = await users.in(tenantId).findOne({ emailKey: body.email });
    const record = await records.find(tenantId, user?.id ?? NOBODY);
    const guess = { tenantId, purpose: 'login', account: body.email, ip, known: isKnownAddress(record, ip), now };
    await limiter.begin(guess);
    if (!(await hasher.verify(body.password, user?.passwordHash)) || user === undefined) throw invalidCredentials();
    await limiter.succeeded(guess);
    refuseUnlessActive(user);
    const place = { ip, ...(userAgent === undefined ? {} : { userAgent }) };
    return ok(await completeSignIn({ tenantId, user, place, now, password: body.password }));
  };
