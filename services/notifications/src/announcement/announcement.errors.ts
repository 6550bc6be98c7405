import { DomainError } from '@riparo/shared/errors/domain-error';
import type { LimitClass } from '@riparo/shared/http/reference/limit-class';

export const announcementNotCancellable = (currentStatus: string): DomainError =>
  new DomainError(
    'conflict',
    'ANNOUNCEMENT_NOT_CANCELLABLE',
    `Only an announcement that waits for its time can be cancelled; this one is ${currentStatus}.`,
    { extra: { currentStatus } },
  );

/** Of one person within an hour. */
export const ANNOUNCEMENTS_PER_HOUR = 10;
export const PREVIEWS_PER_HOUR = 60;

export const ANNOUNCEMENT_LIMIT: LimitClass = {
  name: 'announcements',
  code: 'TOO_MANY_ANNOUNCEMENTS',
  about: `Announcements of one person within an hour: ${ANNOUNCEMENTS_PER_HOUR}, and ${PREVIEWS_PER_HOUR} previews of them.`,
};

export const tooManyAnnouncements = (retryAfter: number): DomainError =>
  new DomainError('throttled', ANNOUNCEMENT_LIMIT.code, `Too many announcements within an hour. Try again in ${retryAfter} seconds.`, {
    retryAfter,
  });
