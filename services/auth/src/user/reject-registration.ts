import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { auditTask, entailing } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import { registrationNotFound } from './user.errors.js';
import { reject } from './registration.js';
import type { UserRepository } from './user.repository.js';
import { registrationView } from './user.view.js';

interface Body {
  readonly reason: string;
}

export const rejectRegistrationInput = { body: Joi.object<Body>({ reason: paragraph(1_000).required() }) };

interface Deps {
  readonly users: UserRepository;
  readonly tasks: TaskRunner;
}

export const rejectRegistration =
  ({ users, tasks }: Deps) =>
  async (call: Call<Body, unknown, { userId: string }>): Promise<Reply> => {
    const { caller, params, body, now, ifMatch } = call;
    const audit = auditTask(call.ids, call, {
      type: 'REGISTRATION_REJECTED',
      subjectUserId: params.userId,
      details: { reason: body.reason },
    });
    const user = await users.in(caller.tenantId).update(
      params.userId,
      (state) => {
        if (state.registration === undefined) throw registrationNotFound();
        return entailing(state, reject(state, body.reason, { decidedAt: now, decidedByUserId: caller.userId }), audit);
      },
      ifMatch === undefined ? {} : { ifMatch },
    );
    if (user === undefined) throw registrationNotFound();
    await tasks.run(caller.tenantId, user.id);
    return ok(registrationView(user), 'The registration is rejected; the person is told by mail.');
  };
