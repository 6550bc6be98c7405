import { accepted } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { MailPermits } from '../mail/mail-permits.js';
import { auditTask } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import { refuseInvitation } from './user-policy.js';
import { userNotFound } from './user.errors.js';
import type { UserRepository } from './user.repository.js';
import { userView } from './user.view.js';

interface Deps {
  readonly users: UserRepository;
  readonly mailPermits: MailPermits;
  readonly tasks: TaskRunner;
}

/** Mails an invited person the link once more. The link of the earlier mail goes on working. */
export const resendInvitation =
  ({ users, mailPermits, tasks }: Deps) =>
  async (call: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { caller, params, now, ids, ip } = call;
    const { tenantId } = caller;
    const user = await users.in(tenantId).find(params.id);
    if (user === undefined) throw userNotFound();
    refuseInvitation(caller, user);
    const permit = await mailPermits.ask({ tenantId, to: user.email, ip, sender: caller });
    const audit = auditTask(ids, call, { type: 'USER_INVITED', subjectUserId: user.id, details: { role: user.role } });
    await tasks.add(tenantId, user.id, [audit, permit.mail(ids, now, 'INVITATION')]);
    return accepted(userView(user), 'The invitation is on its way.');
  };
