import { bytes, fields, nothing, one } from '@riparo/shared/http/reference/answer';
import { count } from '@riparo/shared/http/reference/answer-fields';
import { operations } from '@riparo/shared/http/route';
import { DEVICES } from '../asset/asset.reference.js';
import { photoAnswer } from './photo.answer.js';

export const PHOTO_OPERATIONS = operations(DEVICES, {
  addAssetPhoto: {
    answer: one(photoAnswer),
    problems: { 409: ['PHOTO_LIMIT_REACHED'], 413: ['PHOTO_TOO_MANY_PIXELS'], 415: ['PHOTO_TYPE_NOT_SUPPORTED'] },
    members: { PHOTO_LIMIT_REACHED: fields({ limit: count() }) },
  },
  getAssetPhoto: { answer: bytes(['image/jpeg', 'image/png', 'image/webp']) },
  removeAssetPhoto: { answer: nothing },
});
