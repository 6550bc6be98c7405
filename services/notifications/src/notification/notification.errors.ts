import { DomainError } from '@riparo/shared/errors/domain-error';

export const notificationNotRetryable = (currentStatus: string): DomainError =>
  new DomainError('conflict', 'NOTIFICATION_NOT_RETRYABLE', `Only a FAILED notification can be sent again; this one is ${currentStatus}.`, {
    extra: { currentStatus },
  });

/** 409: what a mail about an account said is not kept, so that nobody finds its link later. */
export const notificationTextGone = (): DomainError =>
  new DomainError(
    'conflict',
    'NOTIFICATION_TEXT_GONE',
    'A mail about an account is not kept once it has failed. Ask for a new one, for instance a new link to reset the password.',
  );

export const notificationNotCancellable = (currentStatus: string): DomainError =>
  new DomainError(
    'conflict',
    'NOTIFICATION_NOT_CANCELLABLE',
    `Only a PENDING notification can be cancelled; this one is ${currentStatus}.`,
    {
      extra: { currentStatus },
    },
  );
