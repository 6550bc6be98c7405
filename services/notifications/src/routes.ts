import { langQuery } from '@riparo/shared/http/page';
import { action, create, get, patch, put, type Route } from '@riparo/shared/http/route';
import { announcementRoutes } from './announcement/announcement.routes.js';
import type { Dependencies } from './dependencies.js';
import { listDevMail } from './dev-mail/list-dev-mail.js';
import { devMailParams, showDevMail } from './dev-mail/show-dev-mail.js';
import { failedAddressRoutes } from './failed-address/failed-address.routes.js';
import { FRONT_PAGE_OPERATIONS } from './front-page/front-page.reference.js';
import { getFrontPage } from './front-page/get-front-page.js';
import { inboundMailRoutes } from './inbound-mail/inbound-mail.routes.js';
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
import { LIVE_OPERATIONS } from './live/live.reference.js';
import { eventStreamQuery, openEventStream } from './live/open-event-stream.js';
import { DEV_MAIL_OPERATIONS } from './dev-mail/dev-mail.reference.js';
import { NOTIFICATION_OPERATIONS } from './notification/notification.reference.js';
import { INBOX_OPERATIONS } from './inbox/inbox.reference.js';
import { PREFERENCE_OPERATIONS } from './preference/preference.reference.js';
import { receiveSms, receiveSmsStatus, statusQuery } from './sms/receive-calls.js';
import { SMS_OPERATIONS } from './sms/sms.reference.js';
import { SIGNATURE_HEADER } from './sms/twilio.js';
import { getUnsubscribePage, unsubscribe, unsubscribeForm, unsubscribeQuery } from './unsubscribe/unsubscribe-page.js';
import { UNSUBSCRIBE_OPERATIONS } from './unsubscribe/unsubscribe.reference.js';
import { TEMPLATE_OPERATIONS } from './template/template.reference.js';
import { webhookRoutes } from './webhook/webhook.routes.js';

/** Only where people may look at mails that had no mail server to go to. */
const devMailRoutes = (deps: Dependencies): readonly Route[] =>
  deps.devMailDirectory === undefined
    ? []
    : [
        get('/dev/mail', 'public', 'Shows the mails that would have been sent, as a page.', {}, listDevMail(deps), {
          ...DEV_MAIL_OPERATIONS.listDevMail,
          page: true,
        }),
        get('/dev/mail/:name', 'public', 'Shows the source of one of these mails.', { params: devMailParams }, showDevMail(deps), {
          ...DEV_MAIL_OPERATIONS.getDevMail,
          page: true,
        }),
      ];

const frontPageRoutes = (deps: Dependencies): readonly Route[] => [
  get('/', 'public', 'Shows what this is and where to go on, as a page.', { query: langQuery }, getFrontPage(deps), {
    ...FRONT_PAGE_OPERATIONS.getFrontPage,
    page: true,
  }),
];

/** For readers of mails, without a login; the link in the mail is what allows it. */
const unsubscribeRoutes = (deps: Dependencies): readonly Route[] => {
  const page = 'Shows whether the mails of a category are on, as a page; the link in a mail leads there, and changes nothing.';
  return [
    get('/unsubscribe', 'public', page, { query: unsubscribeQuery }, getUnsubscribePage(deps), {
      ...UNSUBSCRIBE_OPERATIONS.getUnsubscribePage,
      page: true,
    }),
    get('/public/unsubscribe', 'public', page, { query: unsubscribeQuery }, getUnsubscribePage(deps), {
      ...UNSUBSCRIBE_OPERATIONS.openUnsubscribeLink,
      page: true,
      root: false,
    }),
    action(
      '/public/unsubscribe',
      'public',
      'Switches the mails of a category off (one click, RFC 8058), or on again.',
      { query: unsubscribeQuery, body: unsubscribeForm },
      unsubscribe(deps),
      { ...UNSUBSCRIBE_OPERATIONS.unsubscribe, page: true, root: false },
    ),
  ];
};

/** Calls of the provider of text messages, signed by it. */
const smsRoutes = (deps: Dependencies): readonly Route[] => [
  action(
    '/sms/twilio/status',
    'public',
    'Takes what became of a text message, signed by its provider.',
    { query: statusQuery },
    receiveSmsStatus(deps),
    { ...SMS_OPERATIONS.receiveSmsStatus, signature: SIGNATURE_HEADER, success: 204 },
  ),
  action('/sms/twilio/inbound', 'public', 'Takes answers to text messages (STOP, START), signed by its provider.', {}, receiveSms(deps), {
    ...SMS_OPERATIONS.receiveSms,
    signature: SIGNATURE_HEADER,
    success: 204,
  }),
];

/** Every endpoint of this service. */
export const routes = (deps: Dependencies): readonly Route[] => [
  create(
    '/notifications',
    'raise:notifications',
    'Sends a notification to up to 100 recipients, now or at a given time.',
    { body: raiseNotificationSchema },
    raiseNotification(deps),
    {
      ...NOTIFICATION_OPERATIONS.createNotification,
      success: 202,
    },
  ),
  get(
    '/notifications',
    'manage:notifications',
    'Lists all notifications, newest first.',
    { query: listNotificationsSchema },
    listNotifications(deps),
    NOTIFICATION_OPERATIONS.listNotifications,
  ),
  get(
    '/notifications/:id',
    'read:notifications',
    'Shows a notification with the result for each recipient.',
    {},
    getNotification(deps),
    NOTIFICATION_OPERATIONS.getNotification,
  ),
  action(
    '/notifications/:id/retry',
    'manage:notifications',
    'Tries the failed recipients of a notification again.',
    {},
    retryNotification(deps),
    {
      ...NOTIFICATION_OPERATIONS.retryNotification,
      success: 202,
    },
  ),
  action(
    '/notifications/:id/cancel',
    'manage:notifications',
    'Cancels a notification that is still waiting to be sent.',
    {},
    cancelNotification(deps),
    NOTIFICATION_OPERATIONS.cancelNotification,
  ),
  get(
    '/me/notifications',
    'read:inbox',
    'Lists the messages in your inbox, newest first.',
    { query: listInboxSchema },
    listInbox(deps),
    INBOX_OPERATIONS.listMyNotifications,
  ),
  patch(
    '/me/notifications/:id',
    'read:inbox',
    'Marks a message in your inbox as read or unread.',
    { body: markInboxItemSchema },
    markInboxItem(deps),
    INBOX_OPERATIONS.markMyNotification,
  ),
  action(
    '/me/notifications/read-all',
    'read:inbox',
    'Marks every message in your inbox as read.',
    {},
    markAllRead(deps),
    INBOX_OPERATIONS.markAllMyNotificationsRead,
  ),
  get(
    '/me/notification-preferences',
    'read:inbox',
    'Shows which messages you want, and how.',
    {},
    getPreferences(deps),
    PREFERENCE_OPERATIONS.getMyNotificationPreferences,
  ),
  put(
    '/me/notification-preferences',
    'read:inbox',
    'Chooses which messages you want, and how.',
    { body: putPreferencesSchema },
    putPreferences(deps),
    PREFERENCE_OPERATIONS.updateMyNotificationPreferences,
  ),
  get(
    '/notification-templates',
    'write:notification-templates',
    'Lists the texts of all messages, in every language.',
    {},
    listTemplates(deps),
    TEMPLATE_OPERATIONS.listNotificationTemplates,
  ),
  get(
    '/notification-templates/:key/:locale',
    'write:notification-templates',
    'Shows the text of a message in one language.',
    { params: templateParams },
    getTemplate(deps),
    TEMPLATE_OPERATIONS.getNotificationTemplate,
  ),
  put(
    '/notification-templates/:key/:locale',
    'write:notification-templates',
    'Replaces the text of a message in one language.',
    { params: templateParams, body: templateTextSchema },
    putTemplate(deps),
    TEMPLATE_OPERATIONS.updateNotificationTemplate,
  ),
  action(
    '/notification-templates/:key/:locale/preview',
    'write:notification-templates',
    'Previews a text with sample data or with those of a notification, before or after you change it.',
    { params: templateParams, body: previewTemplateSchema },
    previewTemplate(deps),
    TEMPLATE_OPERATIONS.previewNotificationTemplate,
  ),
  get(
    '/events/stream',
    'signed-in',
    'Tells of changes of what you may see, as server-sent events; `Last-Event-ID` resumes up to an hour back.',
    { query: eventStreamQuery },
    openEventStream(deps),
    { ...LIVE_OPERATIONS.streamEvents, stream: true },
  ),
  create(
    '/internal/notifications',
    'internal',
    'Sends a mail that another service wrote.',
    { body: takeOverMailSchema },
    takeOverMail(deps),
    {
      root: true,
      success: 202,
    },
  ),
  ...announcementRoutes(deps),
  ...unsubscribeRoutes(deps),
  ...smsRoutes(deps),
  ...webhookRoutes(deps.webhooks),
  ...inboundMailRoutes(deps),
  ...failedAddressRoutes(deps),
  ...frontPageRoutes(deps),
  ...devMailRoutes(deps),
];
