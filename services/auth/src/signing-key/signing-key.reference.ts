import { operations, type Tag } from '@riparo/shared/http/route';

const SIGNING_KEY_TAG: Tag = { name: 'Keys', about: 'Public keys, for programs that verify tokens themselves.' };

export const SIGNING_KEY_OPERATIONS = operations(SIGNING_KEY_TAG, {
  getJwks: {},
});
