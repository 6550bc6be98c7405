import { accepted } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Revoke } from '../session/revoke.js';
import type { AccessTokens } from '../signing-key/access-tokens.js';
import { auditTask, entailing, mailTask } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import { refuseReset } from './user-policy.js';
import { userNotFound } from './user.errors.js';
import { signOutEverywhere } from './user.js';
import type { UserRepository } from './user.repository.js';
import { userView } from './user.view.js';

interface Deps {
  readonly users: UserRepository;
  readonly accessTokens: AccessTokens;
  readonly revoke: Revoke;
  readonly tasks: TaskRunner;
}

/** Ends the user's sessions and mails a link: to a new password, or once more to the invitation. */
export const sendReset =
  ({ users, accessTokens, revoke, tasks }: Deps) =>
  async (call: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { caller, params, now, ids } = call;
    const until = new Date(now.getTime() + accessTokens.lifetimeMs);
    const audit = auditTask(ids, call, { type: 'PASSWORD_RESET_REQUESTED', subjectUserId: params.id });
    const user = await users.in(caller.tenantId).update(params.id, (state) => {
      refuseReset(caller, state);
      const mail = mailTask(ids, now, state.status === 'INVITED' ? 'INVITATION' : 'RESET_PASSWORD');
      return entailing(state, signOutEverywhere(state, until), audit, mail);
    });
    if (user === undefined) throw userNotFound();
    revoke(caller.tenantId, { userId: user.id, epoch: user.epoch, until });
    await tasks.run(caller.tenantId, user.id);
    return accepted(userView(user), 'The sessions have ended and a link is on its way.');
  };
