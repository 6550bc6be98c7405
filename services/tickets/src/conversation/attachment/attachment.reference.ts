import { bytes, nothing, one, view } from '@riparo/shared/http/reference/answer';
import { moment } from '@riparo/shared/http/reference/answer-fields';
import { operations, type Tag } from '@riparo/shared/http/route';
import { fileFields } from '../timeline.answer.js';
import { ATTACHMENT_LIMIT } from './quota.js';

const ATTACHMENTS: Tag = { name: 'Attachments', about: 'Photos and PDFs for timelines.' };

const uploadedFile = view('UploadedFile', 'A file that an entry can name within a day.', { ...fileFields, createdAt: moment() });

export const ATTACHMENT_OPERATIONS = operations(ATTACHMENTS, {
  uploadAttachment: {
    answer: one(uploadedFile),
    problems: { 413: ['PHOTO_TOO_MANY_PIXELS'], 415: ['ATTACHMENT_TYPE_NOT_SUPPORTED'] },
    limits: [ATTACHMENT_LIMIT],
  },
  getAttachment: { answer: bytes(['image/jpeg', 'image/png', 'image/webp', 'application/pdf']) },
  removeAttachment: { answer: nothing, problems: { 409: ['ATTACHMENT_IN_USE'] } },
});
