import { noContent } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Revoke } from '../session/revoke.js';
import type { AccessTokens } from '../signing-key/access-tokens.js';
import { auditTask, entailing } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import type { SuperAdminGuard } from './super-admin-guard.js';
import { refuseRemoval } from './user-policy.js';
import { userNotFound } from './user.errors.js';
import { removeUser as decide, type UserState } from './user.js';
import type { UserRepository } from './user.repository.js';

interface Deps {
  readonly users: UserRepository;
  readonly superAdmins: SuperAdminGuard;
  readonly accessTokens: AccessTokens;
  readonly revoke: Revoke;
  readonly tasks: TaskRunner;
}

export const removeUser =
  ({ users, superAdmins, accessTokens, revoke, tasks }: Deps) =>
  async (call: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { caller, params, now, ids, ifMatch } = call;
    const until = new Date(now.getTime() + accessTokens.lifetimeMs);
    const audit = auditTask(ids, call, { type: 'USER_REMOVED', subjectUserId: params.id });
    const mayRemove = (state: UserState): void => refuseRemoval(caller, state);
    const user = await superAdmins.keepOne(caller, params.id, mayRemove, () =>
      users.in(caller.tenantId).update(
        params.id,
        (state) => {
          mayRemove(state);
          return entailing(state, decide(state, now, until), audit);
        },
        ifMatch === undefined ? {} : { ifMatch },
      ),
    );
    if (user === undefined) throw userNotFound();
    revoke(caller.tenantId, { userId: user.id, epoch: user.epoch, until });
    await tasks.run(caller.tenantId, user.id);
    return noContent();
  };
