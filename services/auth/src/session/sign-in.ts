import type { AuditTrail } from '../audit/audit-trail.js';
import type { Circumstances } from '../audit/audit-event.js';
import type { CompleteSignIn, SignInAnswer } from './complete-sign-in.js';
import type { Credentials } from './credentials.js';

export interface SignInCredentials {
  readonly email: string;
  readonly password: string;
}

/** Signs in with e-mail and password: throttled, checked, audited. What a login does, whichever request asks for it. */
export type SignInWithPassword = (tenantId: string, circumstances: Circumstances, given: SignInCredentials) => Promise<SignInAnswer>;

export interface SignInOptions {
  readonly credentials: Credentials;
  readonly completeSignIn: CompleteSignIn;
  readonly trail: AuditTrail;
}

export const createSignIn =
  ({ credentials, completeSignIn, trail }: SignInOptions): SignInWithPassword =>
  async (tenantId, circumstances, { email, password }) => {
    const { now, ip, userAgent } = circumstances;
    const onWrong = (userId: string | undefined): Promise<void> =>
      trail.record(tenantId, circumstances, {
        type: 'LOGIN_FAILED',
        email,
        ...(userId === undefined ? {} : { subjectUserId: userId }),
      });
    const user = await credentials.check({ tenantId, email, password, purpose: 'login', ip, onWrong });
    const place = { ip, ...(userAgent === undefined ? {} : { userAgent }) };
    return completeSignIn({ tenantId, user, place, now, password });
  };
