import { one, pageOf } from '@riparo/shared/http/reference/answer';
import { operations, type Tag } from '@riparo/shared/http/route';
import { inboxMessageAnswer, markedMessagesAnswer } from './inbox.answer.js';

/** Also of the preferences: what reaches the inbox. */
export const INBOX: Tag = { name: 'Inbox', about: 'Your messages, and which of them you want.' };

export const INBOX_OPERATIONS = operations(INBOX, {
  listMyNotifications: { answer: pageOf(inboxMessageAnswer) },
  markMyNotification: { answer: one(inboxMessageAnswer) },
  markAllMyNotificationsRead: { answer: one(markedMessagesAnswer) },
});
