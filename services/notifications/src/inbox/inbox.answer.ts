import { view } from '@riparo/shared/http/reference/answer';
import { count, flag, id, moment, text, version } from '@riparo/shared/http/reference/answer-fields';

export const inboxMessageAnswer = view('InboxMessage', 'A message in your inbox.', {
  id: id(),
  version: version(),
  subject: text(),
  body: text(),
  link: text().optional().description('Where to read more.'),
  read: flag(),
  readAt: moment().optional(),
  createdAt: moment(),
});

export const markedMessagesAnswer = view('MarkedMessages', 'How many messages were unread until now.', { marked: count() });
