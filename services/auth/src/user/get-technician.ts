import { isTechnician } from '@riparo/shared/contracts/roles';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { technicianNotFound } from './user.errors.js';
import type { UserRepository } from './user.repository.js';
import { technicianView } from './user.view.js';

export const getTechnician =
  ({ users }: { users: UserRepository }) =>
  async ({ caller, params }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const user = await users.in(caller.tenantId).find(params.id);
    if (user === undefined || !isTechnician(user.role) || user.status !== 'ACTIVE') throw technicianNotFound();
    return ok(technicianView(user));
  };
