import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { registrationNotFound } from './user.errors.js';
import { reject } from './user.js';
import type { UserRepository } from './user.repository.js';
import { registrationView } from './user.view.js';

interface Body {
  readonly reason: string;
}

export const rejectRegistrationInput = { body: Joi.object<Body>({ reason: paragraph(1_000).required() }) };

export const rejectRegistration =
  ({ users }: { users: UserRepository }) =>
  async ({ caller, params, body, now, ifMatch }: Call<Body, unknown, { userId: string }>): Promise<Reply> => {
    const user = await users.in(caller.tenantId).update(
      params.userId,
      (state) => {
        if (state.registration === undefined) throw registrationNotFound();
        return reject(state, body.reason, { decidedAt: now, decidedByUserId: caller.userId });
      },
      ifMatch === undefined ? {} : { ifMatch },
    );
    if (user === undefined) throw registrationNotFound();
    return ok(registrationView(user), 'The registration is rejected; the person is told by mail.');
  };
