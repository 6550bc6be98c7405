import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { AccessTokens } from '../signing-key/access-tokens.js';
import type { Revoke } from './revoke.js';
import { endSession } from './session.js';
import type { SessionRepository } from './session.repository.js';

interface Deps {
  readonly sessions: SessionRepository;
  readonly accessTokens: AccessTokens;
  readonly revoke: Revoke;
  readonly trail: AuditTrail;
}

export const logout =
  ({ sessions, accessTokens, revoke, trail }: Deps) =>
  async (call: Call): Promise<Reply> => {
    const { caller, now } = call;
    const { tenantId, userId, sessionId } = caller;
    const until = new Date(now.getTime() + accessTokens.lifetimeMs);
    await trail.record(tenantId, call, { type: 'LOGGED_OUT', subjectUserId: userId });
    await sessions.in(tenantId).update(sessionId, (session) => endSession(session, now, until));
    revoke(tenantId, { userId, sessionId, until });
    return ok({ sessionId }, 'You are signed out.');
  };
