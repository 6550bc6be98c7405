import { operations, type Tag } from '@riparo/shared/http/route';

const INBOX_TAG: Tag = { name: 'Inbox', about: 'What you were told.' };

export const INBOX_OPERATIONS = operations(INBOX_TAG, {
  listMyNotifications: {},
  markMyNotification: {},
  markAllMyNotificationsRead: {},
});
