import { operations, type Tag } from '@riparo/shared/http/route';

const ASSET_TAG: Tag = { name: 'Devices', about: 'Devices of customers, with their history and labels.' };

export const ASSET_OPERATIONS = operations(ASSET_TAG, {
  listAssets: {},
  createAsset: {},
  exportAssets: {},
  importAssets: {},
  getAsset: {},
  updateAsset: {},
  retireAsset: {},
  getAssetHistory: {},
  getAssetLabel: {},
  transferAsset: {},
});
