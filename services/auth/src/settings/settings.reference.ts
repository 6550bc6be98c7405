import { one } from '@riparo/shared/http/reference/answer';
import { operations, type Tag } from '@riparo/shared/http/route';
import { settingsAnswer } from './settings.answer.js';

const SETTINGS_TAG: Tag = {
  name: 'Settings',
  about: 'The centre: its name and contacts, time zone, language, currency and working hours.',
};

export const SETTINGS_OPERATIONS = operations(SETTINGS_TAG, {
  getSettings: { answer: one(settingsAnswer) },
  updateSettings: { answer: one(settingsAnswer) },
});
