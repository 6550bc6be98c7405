import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { AccessTokens } from '../signing-key/access-tokens.js';
import { signOutEverywhere } from '../user/user.js';
import { userNotFound } from '../user/user.errors.js';
import type { UserRepository } from '../user/user.repository.js';
import type { Revoke } from './revoke.js';

interface Deps {
  readonly users: UserRepository;
  readonly accessTokens: AccessTokens;
  readonly revoke: Revoke;
}

export const logoutAll =
  ({ users, accessTokens, revoke }: Deps) =>
  async ({ caller: { tenantId, userId }, now }: Call): Promise<Reply> => {
    const until = new Date(now.getTime() + accessTokens.lifetimeMs);
    const user = await users.in(tenantId).update(userId, (state) => signOutEverywhere(state, until));
    if (user === undefined) throw userNotFound();
    revoke(tenantId, { userId, epoch: user.epoch, until });
    return ok({ userId }, 'You are signed out everywhere.');
  };
