import { operations, type Tag } from '@riparo/shared/http/route';

const PHOTO_TAG: Tag = { name: 'Devices', about: 'Devices of customers, with their history and labels.' };

export const PHOTO_OPERATIONS = operations(PHOTO_TAG, {
  addAssetPhoto: {},
  getAssetPhoto: {},
  removeAssetPhoto: {},
});
