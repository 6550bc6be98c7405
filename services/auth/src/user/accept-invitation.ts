import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { line } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { linkInvalid } from '@riparo/shared/errors/common-errors';
import type { LinkGuard } from '../link/link-guard.js';
import { linkToken } from '../link/link.js';
import { newPassword } from '../password/password.schema.js';
import type { PasswordHasher } from '../password/password-hasher.js';
import type { CompleteSignIn } from '../session/complete-sign-in.js';
import { auditTask, entailing } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import { acceptInvitation as decide } from './by-link.js';
import type { UserRepository } from './user.repository.js';

interface Body {
  readonly token: string;
  readonly name?: string;
  readonly password: string;
}

export const acceptInvitationInput = { body: Joi.object<Body>({ token: linkToken(), name: line(), password: newPassword().required() }) };

interface Deps {
  readonly users: UserRepository;
  readonly linkGuard: LinkGuard;
  readonly hasher: PasswordHasher;
  readonly completeSignIn: CompleteSignIn;
  readonly tasks: TaskRunner;
}

export const acceptInvitation =
  ({ users, linkGuard, hasher, completeSignIn, tasks }: Deps) =>
  async (call: PublicCall<Body>): Promise<Reply> => {
    const { body, now, ip, userAgent } = call;
    const tenantId = DEFAULT_TENANT;
    const name = body.name === undefined ? {} : { name: body.name };
    const link = await linkGuard.open(tenantId, { token: body.token, purpose: 'ACCEPT_INVITATION', ip, now }, (state, opened) =>
      decide(state, opened, { passwordHash: '', ...name }),
    );
    const acceptance = { passwordHash: await hasher.hash(body.password, ip), ...name };
    const audit = auditTask(call.ids, call, { type: 'INVITATION_ACCEPTED', actorUserId: link.userId, subjectUserId: link.userId });
    const user = await users.in(tenantId).update(link.userId, (state) => entailing(state, decide(state, link, acceptance), audit));
    if (user === undefined) throw linkInvalid();
    await tasks.run(tenantId, user.id);
    const place = { ip, ...(userAgent === undefined ? {} : { userAgent }) };
    return ok(await completeSignIn({ tenantId, user, place, now }), 'Welcome! Your account is ready.');
  };
