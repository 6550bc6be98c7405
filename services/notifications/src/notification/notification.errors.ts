import { DomainError } from '@riparo/shared/errors/domain-error';

export const notificationNotRetryable = (currentStatus: string): DomainError =>
  new DomainError('conflict', 'NOTIFICATION_NOT_RETRYABLE', `Only a FAILED notification can be sent again; this one is ${currentStatus}.`, {
    extra: { currentStatus },
  });

export const notificationNotCancellable = (currentStatus: string): DomainError =>
  new DomainError(
    'conflict',
    'NOTIFICATION_NOT_CANCELLABLE',
    `Only a PENDING notification can be cancelled; this one is ${currentStatus}.`,
    {
      extra: { currentStatus },
    },
  );
