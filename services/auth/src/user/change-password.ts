import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import type { AuditTrail } from '../audit/audit-trail.js';
import { givenPassword, newPassword } from '../password/password.schema.js';
import type { PasswordHasher } from '../password/password-hasher.js';
import type { Sessions } from '../session/open-session.js';
import type { Revoke } from '../session/revoke.js';
import type { AccessTokens } from '../signing-key/access-tokens.js';
import type { MailPermits } from '../mail/mail-permits.js';
import { auditTask, entailing } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import type { GuessLimiter } from '../throttle/guess-limiter.js';
import { userNotFound, wrongPassword } from './user.errors.js';
import type { UserRepository } from './user.repository.js';
import { changePassword as decide } from './user.js';

interface Body {
  readonly currentPassword: string;
  readonly newPassword: string;
}

export const changePasswordInput = {
  body: Joi.object<Body>({ currentPassword: givenPassword().required(), newPassword: newPassword().required() }),
};

interface Deps {
  readonly users: UserRepository;
  readonly hasher: PasswordHasher;
  readonly limiter: GuessLimiter;
  readonly mailPermits: MailPermits;
  readonly openSessions: Sessions;
  readonly accessTokens: AccessTokens;
  readonly revoke: Revoke;
  readonly tasks: TaskRunner;
  readonly trail: AuditTrail;
}

/** Ends every session, this one too, and answers with the tokens of a new one: who knew the old password is out. */
export const changePassword =
  ({ users, hasher, limiter, mailPermits, openSessions, accessTokens, revoke, tasks, trail }: Deps) =>
  async (call: Call<Body>): Promise<Reply> => {
    const { caller, body, now, ip, userAgent } = call;
    const { tenantId, userId } = caller;
    const before = await users.in(tenantId).find(userId);
    if (before === undefined) throw userNotFound();
    const guess = { tenantId, purpose: 'password', account: userId, ip, known: true };
    const right = await limiter.attempt(guess, () => hasher.verify(body.currentPassword, before.passwordHash, ip));
    if (!right) {
      await trail.record(tenantId, call, { type: 'PASSWORD_CHANGE_FAILED', subjectUserId: userId });
      throw wrongPassword('currentPassword');
    }

    const hash = await hasher.hash(body.newPassword, ip);
    const until = new Date(now.getTime() + accessTokens.lifetimeMs);
    const permit = await mailPermits.askForNotice({ tenantId, user: before, ip });
    const entailed = [
      auditTask(call.ids, call, { type: 'PASSWORD_CHANGED', subjectUserId: userId }),
      ...(permit === undefined ? [] : [permit.mail(call.ids, now, 'PASSWORD_CHANGED')]),
    ];
    const user = await users
      .in(tenantId)
      .update(userId, (state) => entailing(state, decide(state, before.passwordHash, hash, until), ...entailed));
    if (user === undefined) throw userNotFound();
    revoke(tenantId, { userId, epoch: user.epoch, until });
    await tasks.run(tenantId, userId);
    const tokens = await openSessions.open({ tenantId, user, now, ip, ...(userAgent === undefined ? {} : { userAgent }) });
    return ok(tokens, 'Your password is changed. Every other session has ended.');
  };
