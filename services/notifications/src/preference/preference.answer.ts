import { fields, view } from '@riparo/shared/http/reference/answer';
import { count, flag, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import { DIGESTS, SWITCHABLE_CATEGORIES } from './preference.js';

const categoryPreference = view('CategoryPreference', 'Ways in which messages of a category may reach you.', {
  email: flag(),
  sms: flag(),
  inApp: flag(),
});

export const preferencesAnswer = view('NotificationPreferences', 'Which messages you want, and how.', {
  categories: fields(Object.fromEntries(SWITCHABLE_CATEGORIES.map((category) => [category, categoryPreference]))),
  colleagues: flag().description('Also about tickets that your colleagues opened.'),
  quietHours: fields({ from: text(), to: text() })
    .optional()
    .description("When mails and text messages wait that are not urgent, on the centre's wall clock."),
  digest: oneOf(DIGESTS).description('DAILY: mails that can be switched off come as one at eight in the morning.'),
  smsStopped: flag().optional().description('True after you answered STOP to a text message: none comes until you answer START.'),
  version: count().description('0: you have not chosen anything yet.'),
});
