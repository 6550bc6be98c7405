import { bytes } from '@riparo/shared/http/reference/answer';
import { operations } from '@riparo/shared/http/route';
import { INBOX } from '../inbox/inbox.reference.js';

const PAGE = bytes(['text/html']);
const ANSWERS = { answer: PAGE, others: { 422: { about: 'The link is not valid or has expired: the page says so.', answer: PAGE } } };

export const UNSUBSCRIBE_OPERATIONS = operations(INBOX, {
  getUnsubscribePage: ANSWERS,
  openUnsubscribeLink: ANSWERS,
  unsubscribe: { ...ANSWERS, unversioned: true },
});
