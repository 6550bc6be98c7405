import { operations, type Tag } from '@riparo/shared/http/route';

const TEMPLATE_TAG: Tag = { name: 'Notification texts', about: 'The texts of mails and messages, by event and language.' };

export const TEMPLATE_OPERATIONS = operations(TEMPLATE_TAG, {
  listNotificationTemplates: {},
  getNotificationTemplate: {},
  updateNotificationTemplate: {},
  previewNotificationTemplate: {},
});
