import { operations, type Tag } from '@riparo/shared/http/route';

const DEV_MAIL_TAG: Tag = {
  name: 'Development',
  about: 'Mails that were written to files because no mail server is configured; from the machine itself only.',
};

export const DEV_MAIL_OPERATIONS = operations(DEV_MAIL_TAG, {
  listDevMail: {},
  getDevMail: {},
});
