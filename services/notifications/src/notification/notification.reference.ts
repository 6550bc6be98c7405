import { fields, one, pageOf } from '@riparo/shared/http/reference/answer';
import { oneOf } from '@riparo/shared/http/reference/answer-fields';
import type { Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { MESSAGE_LIMIT } from './mail-permits.js';
import { NOTIFICATION_STATUSES } from './notification.js';
import { notificationAnswer, notificationDetailsAnswer, raisedNotificationAnswer } from './notification.answer.js';

export const NOTIFICATIONS: Tag = { name: 'Notifications', about: 'Mails, text messages and inbox messages, and what became of them.' };

/** They take `If-Match`, although they are actions. */
const STALE: Problems = { 412: ['STALE_VERSION'] };

const CURRENT = fields({ currentStatus: oneOf(NOTIFICATION_STATUSES) });

export const NOTIFICATION_OPERATIONS = operations(
  NOTIFICATIONS,
  {
    createNotification: { answer: one(raisedNotificationAnswer), limits: [MESSAGE_LIMIT] },
    listNotifications: { answer: pageOf(notificationAnswer) },
    getNotification: { answer: one(notificationDetailsAnswer) },
    retryNotification: {
      answer: one(notificationDetailsAnswer),
      problems: { 409: ['NOTIFICATION_NOT_RETRYABLE', 'NOTIFICATION_TEXT_GONE'], ...STALE },
    },
    cancelNotification: { answer: one(notificationDetailsAnswer), problems: { 409: ['NOTIFICATION_NOT_CANCELLABLE'], ...STALE } },
  },
  { NOTIFICATION_NOT_RETRYABLE: CURRENT, NOTIFICATION_NOT_CANCELLABLE: CURRENT },
);
