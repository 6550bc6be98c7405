import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { anything, count, id, moment, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import { CATEGORIES } from '../preference/preference.js';
import { DELIVERY_REPORTS } from './delivery-report.js';
import { CHANNELS, NOTIFICATION_STATUSES, RECIPIENT_STATUSES } from './notification.js';

const status = () => oneOf(NOTIFICATION_STATUSES);

export const raisedNotificationAnswer = view('RaisedNotification', 'A notification that was accepted.', {
  id: id().description('With a `dedupeKey` that you used before, that of the earlier notification.'),
  status: status(),
});

const notificationFields = {
  id: id(),
  version: version(),
  channel: oneOf(CHANNELS),
  category: oneOf(CATEGORIES),
  subject: text().optional().description('Of a text written by hand.'),
  template: text().optional().description('Instead of a text written by hand: the `key` of a notification template.'),
  locale: text().optional().description("Missing: each recipient's own language."),
  status: status(),
  attempts: count().description('Rounds of sending so far.'),
  nextAttemptAt: moment()
    .optional()
    .description('While it is being sent: when the attempt counts as lost. Missing: nothing is left to do.'),
  lastError: text().optional(),
  sentAt: moment().optional(),
  dedupeKey: text().optional(),
  cause: fields({ eventId: text(), type: text(), byUserId: id().optional() }).optional().description('The event that it tells of.'),
  raisedByUserId: id().optional().description('Missing: the system itself.'),
  announcementId: id().optional().description('The announcement that it brings.'),
  recipientCount: count(),
  createdAt: moment(),
  updatedAt: moment(),
};

export const notificationAnswer = view('Notification', 'A message and what became of it.', notificationFields);

const recipient = view('NotificationRecipient', 'What became of a message for one recipient.', {
  userId: id().optional(),
  customerId: id().optional().description('Becomes the users or the address of the customer when it is sent.'),
  address: text().optional().description('As the sender gave it. Administrators also see one that was looked up.'),
  status: oneOf(RECIPIENT_STATUSES).description('SKIPPED: the person left or does not want such messages.'),
  attempts: count(),
  lastError: text().optional(),
  sentAt: moment().optional(),
  report: oneOf(DELIVERY_REPORTS).optional().description('Of a text message: what its provider says became of it.'),
  collectedIn: id()
    .optional()
    .description('The notification whose mail brings this one, together with others; SENT then says that it was put there.'),
});

export const notificationDetailsAnswer = view('NotificationDetails', 'A notification with its text and its recipients.', {
  ...notificationFields,
  body: text().optional().description('Of a text written by hand. Missing for messages about accounts, which may hold secrets.'),
  data: anything('Values for the template. Missing for messages about accounts.').optional(),
  collects: listOf(id()).optional().description('Of a letter: the notifications that it brings in one mail.'),
  recipients: listOf(recipient),
});
