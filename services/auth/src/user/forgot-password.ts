import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { accepted } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { email } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { ForgottenPasswords } from '../link/forgotten.js';
import type { GuessLimiter } from '../throttle/guess-limiter.js';

interface Body {
  readonly email: string;
}

export const forgotPasswordInput = { body: Joi.object<Body>({ email: email().required() }) };

interface Deps {
  readonly forgotten: ForgottenPasswords;
  readonly limiter: GuessLimiter;
}

/** The same answer in the same time, whether there is such an account or not. */
export const forgotPassword =
  ({ forgotten, limiter }: Deps) =>
  async (call: PublicCall<Body>): Promise<Reply> => {
    const tenantId = DEFAULT_TENANT;
    await limiter.count({ tenantId, purpose: 'forgot', account: call.body.email, ip: call.ip, known: false });
    await forgotten.request(tenantId, call.body.email, call);
    return accepted({ email: call.body.email }, 'If there is an account with this address, a link to choose a new password is on its way.');
  };
