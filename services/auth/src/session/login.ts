import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { email } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { givenPassword } from '../password/password.schema.js';
import type { SignInCredentials, SignInWithPassword } from './sign-in.js';

export const loginInput = {
  body: Joi.object<SignInCredentials>({ email: email().required(), password: givenPassword().required() }),
};

interface Deps {
  readonly signIn: SignInWithPassword;
}

export const login =
  ({ signIn }: Deps) =>
  async (call: PublicCall<SignInCredentials>): Promise<Reply> =>
    ok(await signIn(DEFAULT_TENANT, call, call.body));
