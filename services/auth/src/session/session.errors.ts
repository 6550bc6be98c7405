import { DomainError } from '@riparo/shared/errors/domain-error';
import type { UserState } from '../user/user.js';

export const invalidCredentials = (): DomainError =>
  new DomainError('unauthenticated', 'INVALID_CREDENTIALS', 'E-mail or password is wrong.');

export const registrationPending = (): DomainError =>
  new DomainError(
    'forbidden',
    'REGISTRATION_PENDING',
    'Your registration is waiting for approval by an administrator. You will get an e-mail as soon as it is decided.',
  );

export const registrationRejected = (reason?: string): DomainError =>
  new DomainError(
    'forbidden',
    'REGISTRATION_REJECTED',
    `Your registration was not approved by the administrator${reason === undefined ? '' : ` for this reason: ${reason}`}. Contact the service centre if you think this is a mistake.`,
    { extra: reason === undefined ? {} : { reason } },
  );

export const accountDisabled = (): DomainError =>
  new DomainError('forbidden', 'ACCOUNT_DISABLED', 'Your account has been disabled. Contact the service centre to have it enabled again.');

export const accountClosed = (): DomainError =>
  new DomainError(
    'forbidden',
    'ACCOUNT_CLOSED',
    'Your account has been closed. Contact the service centre if you think this is a mistake.',
  );

export const invitationPending = (): DomainError =>
  new DomainError(
    'forbidden',
    'INVITATION_PENDING',
    'Your invitation has not been accepted yet. Follow the link in the e-mail that you were sent.',
  );

export const refreshTokenInvalid = (): DomainError =>
  new DomainError('unauthenticated', 'INVALID_REFRESH_TOKEN', 'This refresh token is not valid or has expired. Sign in again.');

export const refreshTokenReused = (): DomainError =>
  new DomainError(
    'unauthenticated',
    'REFRESH_TOKEN_REUSED',
    'This refresh token was used before, so it may have been copied. The session has ended; sign in again.',
  );

/** Only who knows the password learns in what state the account is. */
export const statusRefusal = ({ status, registration }: UserState): DomainError | undefined => {
  switch (status) {
    case 'PENDING':
      return registrationPending();
    case 'REJECTED':
      return registrationRejected(registration?.reason);
    case 'DISABLED':
      return accountDisabled();
    case 'INVITED':
      return invitationPending();
    case 'ACTIVE':
      return undefined;
  }
};
