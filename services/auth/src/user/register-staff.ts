import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { Draft } from '@riparo/shared/persistence/repository';
import { accepted } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { email, oneOf } from '@riparo/shared/http/schemas';
import { spellingsOf } from '@riparo/shared/text/normal';
import Joi from 'joi';
import { newPassword } from '../password/password.schema.js';
import type { PasswordHasher } from '../password/password-hasher.js';
import type { MailPermits } from '../mail/mail-permits.js';
import { auditTask } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import { insertUser, type UserRepository } from './user.repository.js';
import { personFields, technicianFields } from './user.schema.js';
import { newUser, type Profile, type User, type UserState } from './user.js';
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
  readonly tasks: TaskRunner;
  readonly mailPermits: MailPermits;
}

/**
 * Somebody wants to work here: nobody can sign in before an administrator has said yes. A known e-mail is answered like
 * a new one, or anybody could find out who works here; its owner is told by mail.
 */
export const registerStaff =
  ({ users, hasher, tasks, mailPermits }: Deps) =>
  async (call: PublicCall<Body>): Promise<Reply> => {
    const { body, ids, now } = call;
    const { password, ...person } = body;
    const tenantId = DEFAULT_TENANT;
    const id = ids.next();
    // For every e-mail alike, or the count would tell which one has an account.
    const permit = await mailPermits.ask({ tenantId, to: body.email, ip: call.ip });
    const passwordHash = await hasher.hash(password, call.ip);
    const draft = newUser({
      id,
      ...person,
      status: 'PENDING',
      passwordHash,
      registration: { status: 'PENDING', requestedAt: now },
      tasks: [auditTask(ids, call, { type: 'REGISTERED', actorUserId: id, subjectUserId: id })],
    });
    const user = await insertUser(users, tenantId, draft).catch(async (error: unknown) => {
      if (!isDomainError(error) || error.code !== 'EMAIL_TAKEN') throw error;
      const known = await users.in(tenantId).findOne({ emailKey: { $in: spellingsOf(body.email) } });
      if (known !== undefined) await tasks.add(tenantId, known.id, [permit.mail(ids, now, 'REGISTERED_AGAIN')]);
      return asIfNew(draft, now);
    });
    await tasks.run(tenantId, id);
    return accepted(
      { user: registrationView(user) },
      'Your registration is waiting for approval. You will get an e-mail as soon as it is decided.',
    );
  };

const asIfNew = (draft: Draft<User>, now: Date): UserState => ({ ...draft, version: 1, createdAt: now, updatedAt: now });
