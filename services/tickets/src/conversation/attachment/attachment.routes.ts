import { create, get, remove, type Route } from '@riparo/shared/http/route';
import { attachmentQuery, getAttachment } from './get-attachment.js';
import { removeAttachment } from './remove-attachment.js';
import { ATTACHMENT_UPLOAD, uploadAttachment } from './upload-attachment.js';
import { ATTACHMENT_OPERATIONS } from './attachment.reference.js';
import type { AttachmentDeps } from './dependencies.js';

export const attachmentRoutes = (deps: AttachmentDeps): readonly Route[] => [
  create(
    '/attachments',
    'write:attachments',
    'Keeps a photo or PDF for an entry to come; it goes after a day unless one names it.',
    {},
    uploadAttachment(deps),
    { ...ATTACHMENT_OPERATIONS.uploadAttachment, upload: ATTACHMENT_UPLOAD },
  ),
  get(
    '/attachments/:id',
    'write:attachments',
    'The file, or its thumbnail, for whoever may read its entry.',
    { query: attachmentQuery },
    getAttachment(deps),
    ATTACHMENT_OPERATIONS.getAttachment,
  ),
  remove(
    '/attachments/:id',
    'write:attachments',
    'Takes back a file that no entry has.',
    {},
    removeAttachment(deps),
    ATTACHMENT_OPERATIONS.removeAttachment,
  ),
];
