import { bytes, nothing, one, pageOf } from '@riparo/shared/http/reference/answer';
import { joinProblems, type Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { historyEntryAnswer } from '../history/history.answer.js';
import { assetImportAnswer } from '../import/import.answer.js';
import { FOR_CUSTOMER, OF_CUSTOMER } from '../owner.reference.js';
import { assetAnswer, assetDetailsAnswer } from './asset.answer.js';

/** Also of their photos. */
export const DEVICES: Tag = { name: 'Devices', about: 'Devices of customers, with their history, photos and labels.' };

const PLACING: Problems = { 404: ['LOCATION_NOT_FOUND'], 409: ['SERIAL_NUMBER_TAKEN'] };
const MOVING = joinProblems(PLACING, { 409: ['ASSET_RETIRED'] });

export const ASSET_OPERATIONS = operations(DEVICES, {
  listAssets: { answer: pageOf(assetAnswer), problems: OF_CUSTOMER },
  createAsset: { answer: one(assetDetailsAnswer), problems: joinProblems(FOR_CUSTOMER, PLACING) },
  exportAssets: {
    answer: bytes(['text/csv']),
    problems: OF_CUSTOMER,
    headers: { 'Content-Disposition': 'Suggests the file name `devices.csv`.' },
  },
  importAssets: { answer: one(assetImportAnswer), problems: FOR_CUSTOMER },
  getAsset: { answer: one(assetDetailsAnswer) },
  updateAsset: { answer: one(assetDetailsAnswer), problems: MOVING },
  retireAsset: { answer: nothing },
  getAssetHistory: { answer: pageOf(historyEntryAnswer) },
  getAssetLabel: {
    answer: bytes(['application/pdf']),
    headers: { 'Content-Disposition': 'Suggests the file name `label-{id}.pdf`.' },
  },
  transferAsset: { answer: one(assetDetailsAnswer), problems: joinProblems(FOR_CUSTOMER, MOVING, { 412: ['STALE_VERSION'] }) },
});
