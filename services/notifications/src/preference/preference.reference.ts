import { one } from '@riparo/shared/http/reference/answer';
import { operations } from '@riparo/shared/http/route';
import { INBOX } from '../inbox/inbox.reference.js';
import { preferencesAnswer } from './preference.answer.js';

export const PREFERENCE_OPERATIONS = operations(INBOX, {
  getMyNotificationPreferences: { answer: one(preferencesAnswer) },
  updateMyNotificationPreferences: { answer: one(preferencesAnswer) },
});
