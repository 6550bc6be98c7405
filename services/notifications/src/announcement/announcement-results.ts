import type { Notification, NotificationStatus } from '../notification/notification.js';

/** What became of an announcement for one recipient on one channel. */
export const ANNOUNCEMENT_RESULTS = ['WAITING', 'SENT', 'FAILED', 'LEFT_OUT'] as const;
export type AnnouncementResult = (typeof ANNOUNCEMENT_RESULTS)[number];

/** A notification to one person is CANCELLED where nobody was left to send it to. */
export const STATUSES_OF: Readonly<Record<AnnouncementResult, readonly NotificationStatus[]>> = {
  WAITING: ['PENDING', 'SENDING'],
  SENT: ['SENT'],
  FAILED: ['FAILED'],
  LEFT_OUT: ['CANCELLED'],
};

export const resultOf = ({ status }: Pick<Notification, 'status'>): AnnouncementResult =>
  ANNOUNCEMENT_RESULTS.find((result) => STATUSES_OF[result].includes(status)) ?? 'WAITING';
