import type { UserStatus } from '@riparo/shared/contracts/enums';
import { ROLES, type Role } from '@riparo/shared/contracts/roles';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { Revoke } from '../session/revoke.js';
import type { AccessTokens } from '../signing-key/access-tokens.js';
import type { AuditEntry } from '../audit/audit-event.js';
import { auditTask, entailing } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import type { SuperAdminGuard } from './super-admin-guard.js';
import { refuseAccessChange } from './user-policy.js';
import { userNotFound } from './user.errors.js';
import type { UserRepository } from './user.repository.js';
import { profileChanges } from './user.schema.js';
import { administer, type AccessChange, type ProfileChange, type UserState } from './user.js';
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
  readonly tasks: TaskRunner;
}

const changeEntry = (user: UserState, { role, status }: AccessChange): AuditEntry => ({
  type: 'USER_CHANGED',
  subjectUserId: user.id,
  details: {
    ...(role === undefined || role === user.role ? {} : { role: `${user.role} -> ${role}` }),
    ...(status === undefined || status === user.status ? {} : { status: `${user.status} -> ${status}` }),
  },
});

export const updateUser =
  ({ users, superAdmins, accessTokens, revoke, tasks }: Deps) =>
  async (call: Call<Body, unknown, { id: string }>): Promise<Reply> => {
    const { caller, params, body, now, ifMatch } = call;
    const { role, status, ...profile } = body;
    const access = { ...(role === undefined ? {} : { role }), ...(status === undefined ? {} : { status }) };
    const until = new Date(now.getTime() + accessTokens.lifetimeMs);
    const mayChange = (state: UserState): void => refuseAccessChange(caller, state, access);
    const change = () =>
      users.in(caller.tenantId).update(
        params.id,
        (state) => {
          mayChange(state);
          return entailing(state, administer(state, access, profile, until), auditTask(call.ids, call, changeEntry(state, access)));
        },
        ifMatch === undefined ? {} : { ifMatch },
      );
    const mayEndAdmin = status === 'DISABLED' || (role !== undefined && role !== 'SUPER_ADMIN');
    const user = await (mayEndAdmin ? superAdmins.keepOne(caller, params.id, mayChange, change) : change());
    if (user === undefined) throw userNotFound();
    revoke(caller.tenantId, { userId: user.id, epoch: user.epoch, until });
    await tasks.run(caller.tenantId, user.id);
    return ok(userView(user));
  };
