import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { created } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { email, line, phone } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { CustomerData } from '@riparo/shared/http/customer-schema';
import type { Draft } from '@riparo/shared/persistence/repository';
import type { Clock } from '@riparo/shared/runtime/clock';
import { registeredCustomerSchema, type RegisteredCustomer } from '../customer/customer.schema.js';
import { newPassword } from '../password/password.schema.js';
import type { PasswordHasher } from '../password/password-hasher.js';
import type { CompleteSignIn } from '../session/complete-sign-in.js';
import type { SignInWithPassword } from '../session/sign-in.js';
import type { MailPermit, MailPermits } from '../mail/mail-permits.js';
import { auditTask } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import { insertUser, type UserRepository } from './user.repository.js';
import { locale } from './user.schema.js';
import { newUser, type User } from './user.js';
import type { RegistrationLimiter } from './registration-limiter.js';

interface Body {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly phone?: string;
  readonly locale?: string;
  readonly customer: RegisteredCustomer;
}

export const registerCustomerInput = {
  body: Joi.object<Body>({
    email: email().required(),
    password: newPassword().required(),
    name: line().required(),
    phone: phone(),
    locale: locale(),
    customer: registeredCustomerSchema.required(),
  }),
};

interface Deps {
  readonly users: UserRepository;
  readonly hasher: PasswordHasher;
  readonly registrations: RegistrationLimiter;
  readonly mailPermits: MailPermits;
  readonly tasks: TaskRunner;
  readonly completeSignIn: CompleteSignIn;
  readonly signIn: SignInWithPassword;
  readonly clock: Clock;
}

/** The customer's e-mail and phone default to the person's. */
const customerOf = ({ email: own, phone: ownPhone, customer }: Body): CustomerData => ({
  contactEmail: own,
  ...(ownPhone === undefined ? {} : { contactPhone: ownPhone }),
  ...customer,
});

/** The user with the customer in a task of its own: a crash in between leaves nothing that is not completed later. */
const draftOf = ({ body, ids, now, ...circumstances }: PublicCall<Body>, passwordHash: string, permit: MailPermit): Draft<User> => {
  const [id, customerId] = [ids.next(), ids.next()];
  const { email: address, name, phone: number, locale: language } = body;
  return newUser({
    id,
    email: address,
    name,
    ...(number === undefined ? {} : { phone: number }),
    ...(language === undefined ? {} : { locale: language }),
    customerId,
    role: 'CUSTOMER_ADMIN',
    status: 'ACTIVE',
    passwordHash,
    tasks: [
      { id: customerId, kind: 'CREATE_CUSTOMER', at: now, customer: customerOf(body) },
      auditTask(ids, { ...circumstances, now }, { type: 'REGISTERED', actorUserId: id, subjectUserId: id }),
      permit.mail(ids, now, 'VERIFY_EMAIL'),
    ],
  });
};

/**
 * A repetition with its Idempotency-Key signs in as a login does: by then the account may be disabled or gone, or have
 * another password.
 */
export const registerCustomer =
  ({ users, hasher, registrations, mailPermits, tasks, completeSignIn, signIn, clock }: Deps) =>
  async (call: PublicCall<Body>): Promise<Reply> => {
    const { body, ip, userAgent } = call;
    const tenantId = DEFAULT_TENANT;
    const { user, isRepetition } = await registrations.guard(tenantId, ip, async () => {
      const permit = await mailPermits.ask({ tenantId, to: body.email, ip });
      const passwordHash = await hasher.hash(body.password, ip);
      const made = await insertUser(users, tenantId, draftOf(call, passwordHash, permit));
      // Every hash has a salt of its own: another one is of an earlier run.
      return { user: made, isRepetition: made.passwordHash !== passwordHash };
    });
    await tasks.run(tenantId, user.id);
    const place = { ip, ...(userAgent === undefined ? {} : { userAgent }) };
    // Not the call's moment: that of a repetition is up to a day old.
    const now = clock.now();
    const answer = isRepetition ? await signIn(tenantId, { ...place, now }, body) : await completeSignIn({ tenantId, user, place, now });
    return created(`/users/${answer.user.id}`, answer, 'Welcome! Your account is ready.');
  };
