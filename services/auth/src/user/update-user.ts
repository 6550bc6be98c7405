import type { UserStatus } from '@riparo/shared/contracts/enums';
import { ROLES, type Role } from '@riparo/shared/contracts/roles';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { Revoke } from '../session/revoke.js';
import type { AccessTokens } from '../signing-key/access-tokens.js';
import type { SuperAdminGuard } from './super-admin-guard.js';
import { refuseAccessChange } from './user-policy.js';
import { userNotFound } from './user.errors.js';
import type { UserRepository } from './user.repository.js';
import { profileChanges } from './user.schema.js';
import { administer, type ProfileChange } from './user.js';
import { userView } from './user.view.js';

interface Body extends ProfileChange {
  readonly role?: Role;
  readonly status?: UserStatus;
}

export const updateUserInput = {
  body: Joi.object<Body>({ ...profileChanges, role: oneOf(ROLES), status: oneOf(['ACTIVE', 'DISABLED']) }).min(1),
};

interface Deps {
  readonly users: UserRepository;
  readonly superAdmins: SuperAdminGuard;
  readonly accessTokens: AccessTokens;
  readonly revoke: Revoke;
}

export const updateUser =
  ({ users, superAdmins, accessTokens, revoke }: Deps) =>
  async ({ caller, params, body, now, ifMatch }: Call<Body, unknown, { id: string }>): Promise<Reply> => {
    const { role, status, ...profile } = body;
    const access = { ...(role === undefined ? {} : { role }), ...(status === undefined ? {} : { status }) };
    const until = new Date(now.getTime() + accessTokens.lifetimeMs);
    const change = () =>
      users.in(caller.tenantId).update(
        params.id,
        (state) => {
          refuseAccessChange(caller, state, access);
          return administer(state, access, profile, until);
        },
        ifMatch === undefined ? {} : { ifMatch },
      );
    const mayEndAdmin = status === 'DISABLED' || (role !== undefined && role !== 'SUPER_ADMIN');
    const user = await (mayEndAdmin ? superAdmins.keepOne(caller, params.id, change) : change());
    if (user === undefined) throw userNotFound();
    revoke(caller.tenantId, { userId: user.id, epoch: user.epoch, until });
    return ok(userView(user));
  };
