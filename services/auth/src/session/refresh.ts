import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { AccessTokens } from '../signing-key/access-tokens.js';
import type { UserRepository } from '../user/user.repository.js';
import { newSalt, nextRefreshToken, parseRefreshToken } from './refresh-token.js';
import type { Revoke } from './revoke.js';
import { refreshTokenInvalid, refreshTokenReused } from './session.errors.js';
import { rotate } from './session.js';
import type { SessionRepository } from './session.repository.js';
import type { SignInRefusal } from './sign-in-refusal.js';

interface Body {
  readonly refreshToken: string;
}

export const refreshInput = { body: Joi.object<Body>({ refreshToken: Joi.string().max(512).required() }) };

interface Deps {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly accessTokens: AccessTokens;
  readonly refusal: SignInRefusal;
  readonly refreshLifetimeMs: number;
  readonly revoke: Revoke;
  readonly trail: AuditTrail;
}

/** Gives a new pair for an unspent refresh token, and for one that was just spent by the same client the same pair. */
export const refresh =
  ({ users, sessions, accessTokens, refusal, refreshLifetimeMs, revoke, trail }: Deps) =>
  async (call: PublicCall<Body>): Promise<Reply> => {
    const { body, now, ip, userAgent } = call;
    const tenantId = DEFAULT_TENANT;
    const presented = parseRefreshToken(body.refreshToken);
    const session = presented === undefined ? undefined : await sessions.in(tenantId).find(presented.sessionId);
    const user = session === undefined ? undefined : await users.in(tenantId).find(session.userId);
    if (presented === undefined || session === undefined || user?.epoch !== session.epoch) throw refreshTokenInvalid();
    if ((await refusal(tenantId, user)) !== undefined) throw refreshTokenInvalid();

    const salt = newSalt();
    const next = nextRefreshToken(presented, salt);
    const client = { ip, ...(userAgent === undefined ? {} : { userAgent }) };
    const expiresAt = new Date(now.getTime() + refreshLifetimeMs);
    const until = new Date(now.getTime() + accessTokens.lifetimeMs);
    const rotated = await sessions
      .in(tenantId)
      .update(session.id, (state) => rotate(state, { presented, next, salt, client, now, expiresAt, until }));
    if (rotated?.spent === undefined || rotated.endedAt !== undefined) {
      revoke(tenantId, { userId: user.id, sessionId: session.id, until });
      await trail.record(tenantId, call, { type: 'REFRESH_TOKEN_REUSED', subjectUserId: user.id });
      throw refreshTokenReused();
    }
    const { spent } = rotated;
    const access = await accessTokens.mint(tenantId, user, session.id, spent.at);
    return ok({ ...access, refreshToken: nextRefreshToken(presented, spent.salt).token });
  };
