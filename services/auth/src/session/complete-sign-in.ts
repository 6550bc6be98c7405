import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { IdSource } from '@riparo/shared/runtime/ids';
import { withoutLinks } from '@riparo/shared/text/without-links';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { Customer } from '../customer/customer.js';
import type { CustomerRepository } from '../customer/customer.repository.js';
import { customerView } from '../customer/customer.view.js';
import type { PasswordHasher } from '../password/password-hasher.js';
import type { MailPermits } from '../mail/mail-permits.js';
import type { TaskRunner } from '../task/task-runner.js';
import type { UserRepository } from '../user/user.repository.js';
import { renewHash, type UserState } from '../user/user.js';
import { userView } from '../user/user.view.js';
import type { Sessions, Tokens } from './open-session.js';
import type { SignInRecords } from './sign-in-record.repository.js';
import { isKnownDevice, type SignInPlace } from './sign-in-record.js';

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

/**
 * What follows once somebody has proved who they are: a session, tokens, and the answer of login, registration and
 * accepted invitations. All of them are in the audit trail as a sign-in, or as one that was refused.
 */
export type CompleteSignIn = (signIn: ProvenSignIn) => Promise<SignInAnswer>;

interface Deps {
  readonly users: UserRepository;
  readonly customers: CustomerRepository;
  readonly sessions: Sessions;
  readonly records: SignInRecords;
  readonly hasher: PasswordHasher;
  readonly tasks: TaskRunner;
  readonly trail: AuditTrail;
  readonly mailPermits: MailPermits;
  readonly ids: IdSource;
}

/** Sent by whoever signs in, so a mail shows it as plain characters and not much of it. */
const shown = (userAgent = '-'): string => withoutLinks(userAgent.replace(/[^\x20-\x7e]/g, ' '), 120);

export const createCompleteSignIn = ({
  users,
  customers,
  sessions,
  records,
  hasher,
  tasks,
  trail,
  mailPermits,
  ids,
}: Deps): CompleteSignIn => {
  const renew = async (tenantId: string, { id, passwordHash }: UserState, password: string, ip: string): Promise<void> => {
    if (passwordHash === undefined || !hasher.isOutdated(passwordHash)) return;
    const renewed = await hasher.hash(password, ip, 'sign-in');
    await users.in(tenantId).update(id, (state) => renewHash(state, passwordHash, renewed));
  };
  /** A crash may have come between the user and the customer of a registration: it is completed now. */
  const customerOf = async (tenantId: string, { id, customerId }: UserState): Promise<Customer | undefined> => {
    if (customerId === undefined) return undefined;
    const customer = await customers.in(tenantId).find(customerId);
    if (customer !== undefined) return customer;
    await tasks.run(tenantId, id);
    return customers.in(tenantId).find(customerId);
  };
  /** Not at the very first sign-in, when every device is new. */
  const warnOfNewDevice = async (tenantId: string, user: UserState, place: SignInPlace, now: Date): Promise<void> => {
    const record = await records.find(tenantId, user.id);
    if (record === undefined || isKnownDevice(record, place)) return;
    const permit = await mailPermits.askForNotice({ tenantId, user, ip: place.ip });
    if (permit === undefined) return;
    await tasks.add(tenantId, user.id, [permit.mail(ids, now, 'NEW_DEVICE', { ip: place.ip, device: shown(place.userAgent) })]);
  };
  const open = async ({ tenantId, user, place, now }: ProvenSignIn): Promise<Tokens> => {
    try {
      const tokens = await sessions.open({ tenantId, user, now, ...place });
      await trail.record(tenantId, { now, ...place }, { type: 'LOGIN_SUCCEEDED', actorUserId: user.id, subjectUserId: user.id });
      return tokens;
    } catch (error) {
      if (isDomainError(error) && error.kind === 'forbidden') {
        const details = { status: user.status, code: error.code };
        await trail.record(tenantId, { now, ...place }, { type: 'LOGIN_REFUSED', subjectUserId: user.id, details });
      }
      throw error;
    }
  };
  return async (signIn) => {
    const { tenantId, user, place, now, password } = signIn;
    const tokens = await open(signIn);
    if (password !== undefined) await renew(tenantId, user, password, place.ip);
    await warnOfNewDevice(tenantId, user, place, now);
    const [customer] = await Promise.all([customerOf(tenantId, user), records.add(tenantId, user.id, place, now)]);
    return { user: userView(user, now), ...(customer === undefined ? {} : { customer: customerView(customer) }), ...tokens };
  };
};
