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
import type { UserState } from './user.js';

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
  readonly tasks: TaskRunner;
}

/** Accepts an invitation, and signs nobody in. */
export const openAccount =
  ({ users, linkGuard, hasher, tasks }: Deps) =>
  async (call: PublicCall<Body>): Promise<UserState> => {
    const { body, now, ip } = call;
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
    return user;
  };

export const acceptInvitation =
  (deps: Deps & { readonly completeSignIn: CompleteSignIn }) =>
  async (call: PublicCall<Body>): Promise<Reply> => {
    const { now, ip, userAgent } = call;
    const user = await openAccount(deps)(call);
    const place = { ip, ...(userAgent === undefined ? {} : { userAgent }) };
    return ok(await deps.completeSignIn({ tenantId: DEFAULT_TENANT, user, place, now }), 'Welcome! Your account is ready.');
  };
