import type { Caller } from '@riparo/shared/contracts/caller';
import type { UserStatus } from '@riparo/shared/contracts/enums';
import { isCustomerRole, type Role } from '@riparo/shared/contracts/roles';
import { cannotManage, notInvited, ownAccess, roleChangeNotAllowed, statusNotChangeable, userNotFound } from './user.errors.js';
import type { AccessChange, UserState } from './user.js';

const isAdmin = (role: Role): boolean => role === 'ADMIN' || role === 'SUPER_ADMIN';

/** Who manages whom: SUPER_ADMIN everybody, ADMIN everybody but administrators, CUSTOMER_ADMIN people of a customer. */
export const mayManage = (manager: Role, role: Role): boolean => {
  if (manager === 'SUPER_ADMIN') return true;
  if (manager === 'ADMIN') return !isAdmin(role);
  return manager === 'CUSTOMER_ADMIN' && isCustomerRole(role);
};

/** For a customer's administrator, people of other customers and staff do not exist. */
export const refuseForeignUser = (caller: Caller, user: UserState): void => {
  if (isCustomerRole(caller.role) && (caller.customerId === undefined || user.customerId !== caller.customerId)) throw userNotFound();
};

const ALLOWED: Readonly<Record<UserStatus, readonly UserStatus[]>> = {
  ACTIVE: ['ACTIVE', 'DISABLED'],
  DISABLED: ['DISABLED', 'ACTIVE'],
  // Decided by approving or rejecting, which tells the person.
  PENDING: ['PENDING'],
  REJECTED: ['REJECTED'],
  INVITED: ['INVITED', 'DISABLED'],
};

const refuseStatus = (user: UserState, status: UserStatus): void => {
  // An invited person has no password yet: enabling the account again cannot make it ACTIVE.
  const allowed = user.status === 'DISABLED' && user.passwordHash === undefined ? (['DISABLED'] as const) : ALLOWED[user.status];
  if (!allowed.includes(status)) throw statusNotChangeable(user.status, allowed);
};

/** Throws unless `caller` may give `user` this role and status. */
export const refuseAccessChange = (caller: Caller, user: UserState, { role = user.role, status = user.status }: AccessChange): void => {
  refuseForeignUser(caller, user);
  const changes = role !== user.role || status !== user.status;
  if (caller.userId === user.id) {
    if (changes) throw ownAccess();
    return;
  }
  if (!mayManage(caller.role, user.role)) throw cannotManage(user.role);
  if (!mayManage(caller.role, role)) throw cannotManage(role);
  if (isCustomerRole(role) !== isCustomerRole(user.role)) throw roleChangeNotAllowed();
  refuseStatus(user, status);
};

/** Throws unless `caller` may remove `user`. */
export const refuseRemoval = (caller: Caller, user: UserState): void => {
  if (caller.userId === user.id) throw ownAccess();
  if (!mayManage(caller.role, user.role)) throw cannotManage(user.role);
};

/** Throws unless `caller` may make `user` choose a new password; one's own has its own call. */
export const refuseReset = (caller: Caller, user: UserState): void => {
  refuseRemoval(caller, user);
  if (user.status !== 'ACTIVE' && user.status !== 'INVITED') throw statusNotChangeable(user.status, ['ACTIVE', 'INVITED']);
};

/** Throws unless `caller` may invite `user` once more. */
export const refuseInvitation = (caller: Caller, user: UserState): void => {
  refuseForeignUser(caller, user);
  if (!mayManage(caller.role, user.role)) throw cannotManage(user.role);
  if (user.status !== 'INVITED') throw notInvited(user.status);
};
