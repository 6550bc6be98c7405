import { operations, type Tag } from '@riparo/shared/http/route';

const REBUILD_TAG: Tag = { name: 'Upkeep', about: 'What operators start.' };

export const REBUILD_OPERATIONS = operations(REBUILD_TAG, {
  getAssetRebuild: {},
  startAssetRebuild: {},
});
