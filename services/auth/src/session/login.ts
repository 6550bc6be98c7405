import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { email } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { AuditTrail } from '../audit/audit-trail.js';
import { givenPassword } from '../password/password.schema.js';
import type { CompleteSignIn } from './complete-sign-in.js';
import type { Credentials } from './credentials.js';
import { refuseUnlessActive } from './session.errors.js';

interface Body {
  readonly email: string;
  readonly password: string;
}

export const loginInput = { body: Joi.object<Body>({ email: email().required(), password: givenPassword().required() }) };

interface Deps {
  readonly credentials: Credentials;
  readonly completeSignIn: CompleteSignIn;
  readonly trail: AuditTrail;
}

export const login =
  ({ credentials, completeSignIn, trail }: Deps) =>
  async (call: PublicCall<Body>): Promise<Reply> => {
    const { body, now, ip, userAgent } = call;
    const tenantId = DEFAULT_TENANT;
    const onWrong = (userId: string | undefined): Promise<void> =>
      trail.record(tenantId, call, {
        type: 'LOGIN_FAILED',
        email: body.email,
        ...(userId === undefined ? {} : { subjectUserId: userId }),
      });
    const user = await credentials.check({ tenantId, ...body, purpose: 'login', ip, now, onWrong });
    if (user.status !== 'ACTIVE')
      await trail.record(tenantId, call, { type: 'LOGIN_REFUSED', subjectUserId: user.id, details: { status: user.status } });
    refuseUnlessActive(user);
    await trail.record(tenantId, call, { type: 'LOGIN_SUCCEEDED', actorUserId: user.id, subjectUserId: user.id });
    const place = { ip, ...(userAgent === undefined ? {} : { userAgent }) };
    return ok(await completeSignIn({ tenantId, user, place, now, password: body.password }));
  };
