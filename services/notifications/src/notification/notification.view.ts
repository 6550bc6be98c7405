import type { Notification, Recipient } from './notification.js';

/** The address that the sender gave; recipients named by id have none. */
const givenAddress = ({ target }: Recipient): string | undefined => {
  if (target.kind === 'email') return target.email;
  return target.kind === 'phone' ? target.phone : undefined;
};

/** Addresses that were looked up are for administrators; errors of a mail server name them too. */
const recipientView = (isManager: boolean) => (recipient: Recipient) => {
  const { target, status, attempts, address, lastError, sentAt, collectedIn, report } = recipient;
  const given = givenAddress(recipient);
  const mayReadAddress = isManager || given !== undefined;
  return {
    ...(target.kind === 'user' ? { userId: target.userId } : {}),
    ...(target.kind === 'customer' ? { customerId: target.customerId } : {}),
    address: isManager ? (address ?? given) : given,
    status,
    attempts,
    lastError: mayReadAddress || lastError === undefined ? lastError : 'could not be delivered',
    sentAt,
    collectedIn,
    report,
  };
};

/** What it says, as far as lists show it. */
const titleOf = ({ content }: Notification) => {
  if (content.kind === 'plain') return { subject: content.subject };
  return content.kind === 'template' ? { template: content.key } : {};
};

/** In lists: without text and recipients. */
export const notificationSummary = ({ recipients, ...state }: Notification) => ({
  id: state.id,
  version: state.version,
  channel: state.channel,
  category: state.category,
  ...titleOf({ recipients, ...state }),
  locale: state.locale,
  status: state.status,
  attempts: state.attempts,
  nextAttemptAt: state.nextAttemptAt,
  lastError: state.lastError,
  sentAt: state.sentAt,
  dedupeKey: state.dedupeKey,
  cause: state.cause,
  raisedByUserId: state.raisedByUserId,
  announcementId: state.announcement?.id,
  recipientCount: recipients.length,
  createdAt: state.createdAt,
  updatedAt: state.updatedAt,
});

/** A message about an account may hold a link that lets its reader in: nobody but that person sees it. */
const contentView = ({ content, category }: Notification) => {
  const secret = category === 'SECURITY';
  if (content.kind === 'collected') return { collects: content.parts.map(({ notificationId }) => notificationId) };
  if (content.kind === 'plain') return { subject: content.subject, ...(secret ? {} : { body: content.body }) };
  return { template: content.key, ...(secret ? {} : { data: content.data }) };
};

/** `isManager`: the reader manages notifications, and is not only who raised this one. */
export const notificationView = (notification: Notification, isManager: boolean) => {
  const { lastError, ...summary } = notificationSummary(notification);
  const recipients = notification.recipients.map(recipientView(isManager));
  return {
    ...summary,
    lastError: isManager || lastError === undefined ? lastError : recipients.findLast((one) => one.lastError !== undefined)?.lastError,
    ...contentView(notification),
    recipients,
  };
};
