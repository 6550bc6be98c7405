import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { auditTask, entailing } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import { registrationNotFound } from './user.errors.js';
import { approve } from './registration.js';
import type { UserRepository } from './user.repository.js';
import { registrationView } from './user.view.js';

interface Deps {
  readonly users: UserRepository;
  readonly tasks: TaskRunner;
}

/** Any administrator may decide any registration, also one for ADMIN: domain rule, see "Accounts". */
export const approveRegistration =
  ({ users, tasks }: Deps) =>
  async (call: Call<unknown, unknown, { userId: string }>): Promise<Reply> => {
    const { caller, params, now, ifMatch } = call;
    const audit = auditTask(call.ids, call, { type: 'REGISTRATION_APPROVED', subjectUserId: params.userId });
    const user = await users.in(caller.tenantId).update(
      params.userId,
      (state) => {
        if (state.registration === undefined) throw registrationNotFound();
        return entailing(state, approve(state, { decidedAt: now, decidedByUserId: caller.userId }), audit);
      },
      ifMatch === undefined ? {} : { ifMatch },
    );
    if (user === undefined) throw registrationNotFound();
    await tasks.run(caller.tenantId, user.id);
    return ok(registrationView(user), 'The registration is approved; the person is told by mail.');
  };
