import { operations, type Tag } from '@riparo/shared/http/route';

const NOTIFICATION_TAG: Tag = { name: 'Notifications', about: 'Messages to people, and what became of them.' };

export const NOTIFICATION_OPERATIONS = operations(NOTIFICATION_TAG, {
  createNotification: {},
  listNotifications: {},
  getNotification: {},
  retryNotification: {},
  cancelNotification: {},
});
