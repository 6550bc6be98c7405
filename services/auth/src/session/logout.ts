import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { AccessTokens } from '../signing-key/access-tokens.js';
import type { Revoke } from './revoke.js';
import { endSession } from './session.js';
import type { SessionRepository } from './session.repository.js';

interface Deps {
  readonly sessions: SessionRepository;
  readonly accessTokens: AccessTokens;
  readonly revoke: Revoke;
}

export const logout =
  ({ sessions, accessTokens, revoke }: Deps) =>
  async ({ caller: { tenantId, userId, sessionId }, now }: Call): Promise<Reply> => {
    const until = new Date(now.getTime() + accessTokens.lifetimeMs);
    await sessions.in(tenantId).update(sessionId, (session) => endSession(session, now, until));
    revoke(tenantId, { userId, sessionId, until });
    return ok({ sessionId }, 'You are signed out.');
  };
