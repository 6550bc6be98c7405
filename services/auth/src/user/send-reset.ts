import { accepted } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Revoke } from '../session/revoke.js';
import type { AccessTokens } from '../signing-key/access-tokens.js';
import type { MailPermits } from '../mail/mail-permits.js';
import { auditTask, entailing } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import { refuseReset } from './user-policy.js';
import { userNotFound } from './user.errors.js';
import { signOutEverywhere } from './user.js';
import type { UserRepository } from './user.repository.js';
import { userView } from './user.view.js';

interface Deps {
  readonly users: UserRepository;
  readonly mailPermits: MailPermits;
  readonly accessTokens: AccessTokens;
  readonly revoke: Revoke;
  readonly tasks: TaskRunner;
}

/** Ends the user's sessions and mails a link: to a new password, or once more to the invitation. */
export const sendReset =
  ({ users, mailPermits, accessTokens, revoke, tasks }: Deps) =>
  async (call: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { caller, params, now, ids, ip } = call;
    const until = new Date(now.getTime() + accessTokens.lifetimeMs);
    const audit = auditTask(ids, call, { type: 'PASSWORD_RESET_REQUESTED', subjectUserId: params.id });
    const before = await users.in(caller.tenantId).find(params.id);
    if (before === undefined) throw userNotFound();
    refuseReset(caller, before);
    const permit = await mailPermits.ask({ tenantId: caller.tenantId, to: before.email, ip, sender: caller });
    const user = await users.in(caller.tenantId).update(params.id, (state) => {
      refuseReset(caller, state);
      const mail = permit.mail(ids, now, state.status === 'INVITED' ? 'INVITATION' : 'RESET_PASSWORD');
      return entailing(state, signOutEverywhere(state, until), audit, mail);
    });
    if (user === undefined) throw userNotFound();
    revoke(caller.tenantId, { userId: user.id, epoch: user.epoch, until });
    await tasks.run(caller.tenantId, user.id);
    return accepted(userView(user), 'The sessions have ended and a link is on its way.');
  };
