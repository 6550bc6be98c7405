import { fields, view } from '@riparo/shared/http/reference/answer';
import { count, flag } from '@riparo/shared/http/reference/answer-fields';
import { SWITCHABLE_CATEGORIES } from './preference.js';

const categoryPreference = view('CategoryPreference', 'Ways in which messages of a category may reach you.', {
  email: flag(),
  sms: flag(),
  inApp: flag(),
});

export const preferencesAnswer = view('NotificationPreferences', 'Which messages you want, and how.', {
  categories: fields(Object.fromEntries(SWITCHABLE_CATEGORIES.map((category) => [category, categoryPreference]))),
  colleagues: flag().description('Also about tickets that your colleagues opened.'),
  version: count().description('0: you have not chosen anything yet.'),
});
