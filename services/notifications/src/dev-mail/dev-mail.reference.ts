import { bytes } from '@riparo/shared/http/reference/answer';
import { operations, type Tag } from '@riparo/shared/http/route';

const DEVELOPMENT: Tag = {
  name: 'Development',
  about: 'Mails that were written to files because no mail server is configured. Only the machine that Riparo runs on can read them.',
};

export const DEV_MAIL_OPERATIONS = operations(DEVELOPMENT, {
  listDevMail: { answer: bytes(['text/html']), problems: { 404: ['PAGE_NOT_FOUND'] } },
  getDevMail: { answer: bytes(['text/plain']) },
});
