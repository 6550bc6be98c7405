import { operations, type Tag } from '@riparo/shared/http/route';

const SETTINGS_TAG: Tag = { name: 'Settings', about: 'The centre: its name, hours, time zone and terms.' };

export const SETTINGS_OPERATIONS = operations(SETTINGS_TAG, {
  getSettings: {},
  updateSettings: {},
});
