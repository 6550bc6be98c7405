import { action, create, get, patch, put, type Route } from '@riparo/shared/http/route';
import type { Dependencies } from './dependencies.js';
import { listDevMail } from './dev-mail/list-dev-mail.js';
import { devMailParams, showDevMail } from './dev-mail/show-dev-mail.js';
import { listInbox, listInboxSchema } from './inbox/list-inbox.js';
import { markAllRead } from './inbox/mark-all-read.js';
import { markInboxItem, markInboxItemSchema } from './inbox/mark-inbox-item.js';
import { cancelNotification } from './notification/cancel-notification.js';
import { getNotification } from './notification/get-notification.js';
import { listNotifications, listNotificationsSchema } from './notification/list-notifications.js';
import { raiseNotification, raiseNotificationSchema } from './notification/raise-notification.js';
import { retryNotification } from './notification/retry-notification.js';
import { takeOverMail, takeOverMailSchema } from './notification/take-over-mail.js';
import { getPreferences } from './preference/get-preferences.js';
import { putPreferences, putPreferencesSchema } from './preference/put-preferences.js';
import { getTemplate, templateParams } from './template/get-template.js';
import { listTemplates } from './template/list-templates.js';
import { previewTemplate, previewTemplateSchema } from './template/preview-template.js';
import { putTemplate, templateTextSchema } from './template/put-template.js';
import { DEV_MAIL_OPERATIONS } from './dev-mail/dev-mail.reference.js';
import { NOTIFICATION_OPERATIONS } from './notification/notification.reference.js';
import { INBOX_OPERATIONS } from './inbox/inbox.reference.js';
import { PREFERENCE_OPERATIONS } from './preference/preference.reference.js';
import { TEMPLATE_OPERATIONS } from './template/template.reference.js';

/** Only where people may look at mails that had no mail server to go to. */
const devMailRoutes = (deps: Dependencies): readonly Route[] =>
  deps.devMailDirectory === undefined
    ? []
    : [
        get('/dev/mail', 'public', 'Mails that would have been sent, as a page', {}, listDevMail(deps), {
          ...DEV_MAIL_OPERATIONS.listDevMail,
          page: true,
        }),
        get('/dev/mail/:name', 'public', 'The source of one of them', { params: devMailParams }, showDevMail(deps), {
          ...DEV_MAIL_OPERATIONS.getDevMail,
          page: true,
        }),
      ];

/** Every endpoint of this service. */
export const routes = (deps: Dependencies): readonly Route[] => [
  create('/notifications', 'raise:notifications', 'Raise a notification', { body: raiseNotificationSchema }, raiseNotification(deps), {
    ...NOTIFICATION_OPERATIONS.createNotification,
    success: 202,
  }),
  get(
    '/notifications',
    'manage:notifications',
    'All notifications',
    { query: listNotificationsSchema },
    listNotifications(deps),
    NOTIFICATION_OPERATIONS.listNotifications,
  ),
  get(
    '/notifications/:id',
    'read:notifications',
    'One notification with the result of each recipient',
    {},
    getNotification(deps),
    NOTIFICATION_OPERATIONS.getNotification,
  ),
  action('/notifications/:id/retry', 'manage:notifications', 'Try the failed recipients again', {}, retryNotification(deps), {
    ...NOTIFICATION_OPERATIONS.retryNotification,
    success: 202,
  }),
  action(
    '/notifications/:id/cancel',
    'manage:notifications',
    'Do not send it',
    {},
    cancelNotification(deps),
    NOTIFICATION_OPERATIONS.cancelNotification,
  ),
  get('/me/notifications', 'read:inbox', 'My inbox', { query: listInboxSchema }, listInbox(deps), INBOX_OPERATIONS.listMyNotifications),
  patch(
    '/me/notifications/:id',
    'read:inbox',
    'Mark as read or unread',
    { body: markInboxItemSchema },
    markInboxItem(deps),
    INBOX_OPERATIONS.markMyNotification,
  ),
  action(
    '/me/notifications/read-all',
    'read:inbox',
    'Mark everything as read',
    {},
    markAllRead(deps),
    INBOX_OPERATIONS.markAllMyNotificationsRead,
  ),
  get(
    '/me/notification-preferences',
    'read:inbox',
    'What I want to be told of',
    {},
    getPreferences(deps),
    PREFERENCE_OPERATIONS.getMyNotificationPreferences,
  ),
  put(
    '/me/notification-preferences',
    'read:inbox',
    'Choose what I want to be told of',
    { body: putPreferencesSchema },
    putPreferences(deps),
    PREFERENCE_OPERATIONS.updateMyNotificationPreferences,
  ),
  get(
    '/notification-templates',
    'write:notification-templates',
    'All texts',
    {},
    listTemplates(deps),
    TEMPLATE_OPERATIONS.listNotificationTemplates,
  ),
  get(
    '/notification-templates/:key/:locale',
    'write:notification-templates',
    'One text',
    { params: templateParams },
    getTemplate(deps),
    TEMPLATE_OPERATIONS.getNotificationTemplate,
  ),
  put(
    '/notification-templates/:key/:locale',
    'write:notification-templates',
    'Replace a text',
    { params: templateParams, body: templateTextSchema },
    putTemplate(deps),
    TEMPLATE_OPERATIONS.updateNotificationTemplate,
  ),
  action(
    '/notification-templates/:key/:locale/preview',
    'write:notification-templates',
    'See a text filled in, before or after changing it',
    { params: templateParams, body: previewTemplateSchema },
    previewTemplate(deps),
    TEMPLATE_OPERATIONS.previewNotificationTemplate,
  ),
  create(
    '/internal/notifications',
    'internal',
    'Send a mail that another service wrote',
    { body: takeOverMailSchema },
    takeOverMail(deps),
    {
      root: true,
      success: 202,
    },
  ),
  ...devMailRoutes(deps),
];
