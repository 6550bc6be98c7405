import type { Caller } from '@riparo/shared/contracts/caller';
import { unavailable } from '@riparo/shared/errors/common-errors';
import type { Lease } from '@riparo/shared/persistence/lease';
import { lastSuperAdmin } from './user.errors.js';
import type { UserRepository } from './user.repository.js';
import type { UserState } from './user.js';

/** Keeps the last active SUPER_ADMIN, also when several remove each other at the same moment. */
export interface SuperAdminGuard {
  /**
   * Runs `change`, which may take the rights of `userId`, only if another active SUPER_ADMIN remains. `mayChange` throws
   * if the caller may not do it at all, which is the better answer.
   */
  keepOne<T>(caller: Caller, userId: string, mayChange: (user: UserState) => void, change: () => Promise<T>): Promise<T>;
}

const LEASE_MS = 10_000;
const TRIES = 50;
const PAUSE_MS = 100;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const createSuperAdminGuard = (users: UserRepository, lease: Lease): SuperAdminGuard => ({
  keepOne: async (caller, userId, mayChange, change) => {
    const tenant = users.in(caller.tenantId);
    const target = await tenant.find(userId);
    if (target?.role !== 'SUPER_ADMIN' || target.status !== 'ACTIVE') return change();
    mayChange(target);
    // One such change at a time in the whole installation: the rule spans several documents.
    let result: { readonly value: Awaited<ReturnType<typeof change>> } | undefined;
    const work = async (): Promise<void> => {
      const others = await tenant.count({ role: 'SUPER_ADMIN', status: 'ACTIVE', id: { $ne: userId } });
      if (others === 0) throw lastSuperAdmin();
      result = { value: await change() };
    };
    for (let tries = 0; tries < TRIES; tries++) {
      if (await lease.hold(`super-admins:${caller.tenantId}`, LEASE_MS, work)) break;
      await pause(PAUSE_MS);
    }
    if (result === undefined) throw unavailable('Another change of administrators is under way; it');
    return result.value;
  },
});
