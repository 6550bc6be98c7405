import { forbidden, invalidInput, notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';
import type { UserStatus } from '@riparo/shared/contracts/enums';

export const userNotFound = (): DomainError => notFound('user');
export const technicianNotFound = (): DomainError => notFound('technician');
export const registrationNotFound = (): DomainError => notFound('registration');

export const emailTaken = (): DomainError =>
  new DomainError('conflict', 'EMAIL_TAKEN', 'There is already an account with this e-mail address. Sign in, or reset its password.');

export const registrationDecided = (status: string | undefined): DomainError =>
  new DomainError('conflict', 'REGISTRATION_ALREADY_DECIDED', 'This registration has been decided already.', {
    extra: status === undefined ? {} : { current: status },
  });

export const cannotManage = (role: string): DomainError =>
  forbidden(`Your role does not allow you to manage accounts with the role ${role}.`);

/** So that nobody raises themselves or locks themselves out. */
export const ownAccess = (): DomainError =>
  new DomainError('forbidden', 'OWN_ACCOUNT', 'Your own role and status can only be changed by somebody else.');

export const lastSuperAdmin = (): DomainError =>
  new DomainError('conflict', 'LAST_SUPER_ADMIN', 'This is the last active SUPER_ADMIN. Make another one first.');

export const statusNotChangeable = (current: UserStatus, allowed: readonly UserStatus[]): DomainError =>
  new DomainError('conflict', 'USER_STATUS_NOT_ALLOWED', `A user who is ${current} cannot be given this status here.`, {
    extra: { current, allowed },
  });

export const notInvited = (current: UserStatus): DomainError =>
  new DomainError('conflict', 'USER_NOT_INVITED', `Only somebody who is INVITED can be invited again; this user is ${current}.`, {
    extra: { current },
  });

export const roleChangeNotAllowed = (): DomainError =>
  new DomainError(
    'conflict',
    'ROLE_CHANGE_NOT_ALLOWED',
    "A customer's person cannot become staff, nor staff a customer's person. Make a new account.",
  );

export const wrongPassword = (path: string): DomainError => invalidInput([{ path, message: 'is not your password' }]);
