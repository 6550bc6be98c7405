import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { AccessTokens } from '../signing-key/access-tokens.js';
import { auditTask, entailing } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import { signOutEverywhere } from '../user/user.js';
import { userNotFound } from '../user/user.errors.js';
import type { UserRepository } from '../user/user.repository.js';
import type { Revoke } from './revoke.js';

interface Deps {
  readonly users: UserRepository;
  readonly accessTokens: AccessTokens;
  readonly revoke: Revoke;
  readonly tasks: TaskRunner;
}

export const logoutAll =
  ({ users, accessTokens, revoke, tasks }: Deps) =>
  async (call: Call): Promise<Reply> => {
    const { caller, now } = call;
    const { tenantId, userId } = caller;
    const until = new Date(now.getTime() + accessTokens.lifetimeMs);
    const audit = auditTask(call.ids, call, { type: 'LOGGED_OUT_EVERYWHERE', subjectUserId: userId });
    const user = await users.in(tenantId).update(userId, (state) => entailing(state, signOutEverywhere(state, until), audit));
    if (user === undefined) throw userNotFound();
    revoke(tenantId, { userId, epoch: user.epoch, until });
    await tasks.run(tenantId, userId);
    return ok({ userId }, 'You are signed out everywhere.');
  };
