import { operations, type Tag } from '@riparo/shared/http/route';

const PREFERENCE_TAG: Tag = { name: 'Inbox', about: 'What you were told.' };

export const PREFERENCE_OPERATIONS = operations(PREFERENCE_TAG, {
  getMyNotificationPreferences: {},
  updateMyNotificationPreferences: {},
});
