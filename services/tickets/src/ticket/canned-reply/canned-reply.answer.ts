import { view } from '@riparo/shared/http/reference/answer';
import { flag, id, moment, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import { CATEGORIES } from './canned-reply.js';

export const cannedReplyAnswer = view('CannedReply', 'A text that staff use again and again.', {
  id: id(),
  title: text(),
  body: text(),
  category: oneOf(CATEGORIES).optional(),
  isShared: flag().description('All staff use it; otherwise its owner alone.'),
  ownerUserId: id(),
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
});

export const renderedReplyAnswer = view('RenderedReply', 'A canned reply as it reads for a ticket.', { body: text() });
