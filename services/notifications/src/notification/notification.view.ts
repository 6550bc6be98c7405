import type { Notification, Recipient } from './notification.js';

const recipientView = ({ target, status, attempts, address, lastError, sentAt }: Recipient) => ({
  ...(target.kind === 'user' ? { userId: target.userId } : {}),
  ...(target.kind === 'customer' ? { customerId: target.customerId } : {}),
  address: address ?? (target.kind === 'email' ? target.email : target.kind === 'phone' ? target.phone : undefined),
  status,
  attempts,
  lastError,
  sentAt,
});

/** In lists: without text and recipients. */
export const notificationSummary = ({ content, recipients, ...state }: Notification) => ({
  id: state.id,
  version: state.version,
  channel: state.channel,
  category: state.category,
  ...(content.kind === 'plain' ? { subject: content.subject } : { template: content.key }),
  locale: state.locale,
  status: state.status,
  attempts: state.attempts,
  nextAttemptAt: state.nextAttemptAt,
  lastError: state.lastError,
  sentAt: state.sentAt,
  dedupeKey: state.dedupeKey,
  cause: state.cause,
  raisedByUserId: state.raisedByUserId,
  recipientCount: recipients.length,
  createdAt: state.createdAt,
  updatedAt: state.updatedAt,
});

/** A message about an account may hold a link that lets its reader in: nobody but that person sees it. */
const contentView = ({ content, category }: Notification) => {
  const secret = category === 'SECURITY';
  if (content.kind === 'plain') return { subject: content.subject, ...(secret ? {} : { body: content.body }) };
  return { template: content.key, ...(secret ? {} : { data: content.data }) };
};

export const notificationView = (notification: Notification) => ({
  ...notificationSummary(notification),
  ...contentView(notification),
  recipients: notification.recipients.map(recipientView),
});
