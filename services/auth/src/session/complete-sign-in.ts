import type { CustomerRepository } from '../customer/customer.repository.js';
import { customerView } from '../customer/customer.view.js';
import type { PasswordHasher } from '../password/password-hasher.js';
import type { UserRepository } from '../user/user.repository.js';
import { renewHash, type UserState } from '../user/user.js';
import { userView } from '../user/user.view.js';
import type { Sessions, Tokens } from './open-session.js';
import type { SignInRecords } from './sign-in-record.repository.js';
import type { SignInPlace } from './sign-in-record.js';

export interface SignInAnswer extends Tokens {
  readonly user: ReturnType<typeof userView>;
  readonly customer?: ReturnType<typeof customerView>;
}

export interface ProvenSignIn {
  readonly tenantId: string;
  readonly user: UserState;
  readonly place: SignInPlace;
  readonly now: Date;
  /** The right password, to renew an outdated hash with. */
  readonly password?: string;
}

/** What follows once somebody has proved who they are: a session, tokens, and the answer of login and registration. */
export type SignedIn = (signIn: ProvenSignIn) => Promise<SignInAnswer>;

interface Deps {
  readonly users: UserRepository;
  readonly customers: CustomerRepository;
  readonly sessions: Sessions;
  readonly records: SignInRecords;
  readonly hasher: PasswordHasher;
}

export const createCompleteSignIn = ({ users, customers, sessions, records, hasher }: Deps): SignedIn => {
  const renew = async (tenantId: string, { id, passwordHash }: UserState, password: string): Promise<void> => {
    if (passwordHash === undefined || !hasher.isOutdated(passwordHash)) return;
    const renewed = await hasher.hash(password);
    await users.in(tenantId).update(id, (state) => renewHash(state, passwordHash, renewed));
  };
  return async ({ tenantId, user, place, now, password }) => {
    if (password !== undefined) await renew(tenantId, user, password);
    const [tokens, customer] = await Promise.all([
      sessions.open({ tenantId, user, now, ...place }),
      user.customerId === undefined ? undefined : customers.in(tenantId).find(user.customerId),
      records.add(tenantId, user.id, place, now),
    ]);
    return { user: userView(user, now), ...(customer === undefined ? {} : { customer: customerView(customer) }), ...tokens };
  };
};
