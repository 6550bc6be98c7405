import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import { linkInvalid } from '@riparo/shared/errors/common-errors';
import type { Links } from '../link/links.js';
import { linkToken } from '../link/link.js';
import { auditTask, entailing } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import { verifyEmail as decide } from './by-link.js';
import type { UserRepository } from './user.repository.js';

interface Body {
  readonly token: string;
}

export const verifyEmailInput = { body: Joi.object<Body>({ token: linkToken() }) };

interface Deps {
  readonly users: UserRepository;
  readonly links: Links;
  readonly tasks: TaskRunner;
}

export const verifyEmail =
  ({ users, links, tasks }: Deps) =>
  async (call: PublicCall<Body>): Promise<Reply> => {
    const tenantId = DEFAULT_TENANT;
    const link = await links.open(tenantId, call.body.token, 'VERIFY_EMAIL', call.now);
    const audit = auditTask(call.ids, call, { type: 'EMAIL_VERIFIED', subjectUserId: link.userId });
    const user = await users.in(tenantId).update(link.userId, (state) => entailing(state, decide(state), audit));
    if (user === undefined) throw linkInvalid();
    await tasks.run(tenantId, user.id);
    return ok({ email: user.email, emailVerified: true }, 'Thank you, your e-mail address is confirmed.');
  };
