import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '@riparo/shared/http/authenticate';
import jsonwebtoken from 'jsonwebtoken';
import type { User } from '../user/user.js';
import type { SigningKeys } from './signing-keys.js';

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

export interface AccessTokens {
  mint(tenantId: string, user: Omit<User, 'tasks'>, sessionId: string, now: Date): Promise<AccessToken>;
  /** How long a token lives, in ms. */
  readonly lifetimeMs: number;
}

export const createAccessTokens = (keys: SigningKeys, lifetimeMs: number): AccessTokens => ({
  lifetimeMs,
  mint: async (tenantId, user, sessionId, now) => {
    const { kid, privateKey } = await keys.current();
    const iat = Math.floor(now.getTime() / 1000);
    const exp = iat + Math.floor(lifetimeMs / 1000);
    const claims = {
      sub: user.id,
      tenant: tenantId,
      role: user.role,
      ...(user.customerId === undefined ? {} : { customer: user.customerId }),
      name: user.name,
      email: user.email,
      sid: sessionId,
      epoch: user.epoch,
      typ: 'access',
      iss: TOKEN_ISSUER,
      aud: TOKEN_AUDIENCE,
      iat,
      exp,
    };
    return { token: jsonwebtoken.sign(claims, privateKey, { algorithm: 'RS256', keyid: kid }), expiresAt: new Date(exp * 1000) };
  },
});
