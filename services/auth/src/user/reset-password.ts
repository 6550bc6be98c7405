import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { accepted } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import { linkInvalid } from '@riparo/shared/errors/common-errors';
import type { LinkGuard } from '../link/link-guard.js';
import { linkToken } from '../link/link.js';
import { newPassword } from '../password/password.schema.js';
import type { PasswordHasher } from '../password/password-hasher.js';
import type { Revoke } from '../session/revoke.js';
import type { AccessTokens } from '../signing-key/access-tokens.js';
import { countedBefore } from '../mail/mail-permits.js';
import { auditTask, entailing } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import { resetPassword as decide } from './by-link.js';
import type { UserRepository } from './user.repository.js';

interface Body {
  readonly token: string;
  readonly newPassword: string;
}

export const resetPasswordInput = { body: Joi.object<Body>({ token: linkToken(), newPassword: newPassword().required() }) };

interface Deps {
  readonly users: UserRepository;
  readonly linkGuard: LinkGuard;
  readonly hasher: PasswordHasher;
  readonly accessTokens: AccessTokens;
  readonly revoke: Revoke;
  readonly tasks: TaskRunner;
}

export const resetPassword =
  ({ users, linkGuard, hasher, accessTokens, revoke, tasks }: Deps) =>
  async (call: PublicCall<Body>): Promise<Reply> => {
    const { body, now, ids, ip } = call;
    const tenantId = DEFAULT_TENANT;
    const until = new Date(now.getTime() + accessTokens.lifetimeMs);
    const link = await linkGuard.open(tenantId, { token: body.token, purpose: 'RESET_PASSWORD', ip, now }, (state, opened) =>
      decide(state, opened, '', until),
    );
    const hash = await hasher.hash(body.newPassword, ip);
    const audit = auditTask(ids, call, { type: 'PASSWORD_RESET', subjectUserId: link.userId });
    // Whoever has the link reads this address.
    const mail = countedBefore.mail(ids, now, 'PASSWORD_CHANGED');
    const user = await users.in(tenantId).update(link.userId, (state) => entailing(state, decide(state, link, hash, until), audit, mail));
    if (user === undefined) throw linkInvalid();
    revoke(tenantId, { userId: user.id, epoch: user.epoch, until });
    await tasks.run(tenantId, user.id);
    return accepted({ email: user.email }, 'Your password is changed and every session has ended. Sign in with the new one.');
  };
