import type { IdSource } from '@riparo/shared/runtime/ids';
import type { AccessTokens } from '../signing-key/access-tokens.js';
import type { UserState } from '../user/user.js';
import { mintRefreshToken } from './refresh-token.js';
import type { SessionRepository } from './session.repository.js';
import type { SignInRefusal } from './sign-in-refusal.js';

export interface Tokens {
  readonly token: string;
  readonly refreshToken: string;
  /** When the access token expires. */
  readonly expiresAt: Date;
}

export interface SignIn {
  readonly tenantId: string;
  readonly user: UserState;
  readonly now: Date;
  readonly ip: string;
  readonly userAgent?: string;
}

export interface Sessions {
  /** Throws when nobody may be signed in to the account at this moment. */
  open(signIn: SignIn): Promise<Tokens>;
}

export interface SessionsOptions {
  readonly sessions: SessionRepository;
  readonly accessTokens: AccessTokens;
  readonly refusal: SignInRefusal;
  readonly ids: IdSource;
  /** How long a session lives without being used, in ms. */
  readonly refreshLifetimeMs: number;
}

/**
 * Starts a session. Its id is new even when the request is the repetition of one with the same Idempotency-Key: tokens
 * are kept nowhere, so the ones that the first answer carried cannot be given again.
 */
export const createSessions = ({ sessions, accessTokens, refusal, ids, refreshLifetimeMs }: SessionsOptions): Sessions => ({
  open: async ({ tenantId, user, now, ip, userAgent }) => {
    const refused = await refusal(tenantId, user);
    if (refused !== undefined) throw refused;
    const refresh = mintRefreshToken(ids.next());
    await sessions.in(tenantId).insert({
      id: refresh.sessionId,
      userId: user.id,
      epoch: user.epoch,
      familyHash: refresh.familyHash,
      secretHash: refresh.secretHash,
      expiresAt: new Date(now.getTime() + refreshLifetimeMs),
      ip,
      ...(userAgent === undefined ? {} : { userAgent }),
    });
    const access = await accessTokens.mint(tenantId, user, refresh.sessionId, now);
    return { ...access, refreshToken: refresh.token };
  },
});
