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
    'Uploads a photo or PDF for a timeline entry; it is deleted after a day unless an entry uses it.',
    {},
    uploadAttachment(deps),
    { ...ATTACHMENT_OPERATIONS.uploadAttachment, upload: ATTACHMENT_UPLOAD },
  ),
  get(
    '/attachments/:id',
    'write:attachments',
    'Downloads a file or its thumbnail; you must be allowed to read its entry.',
    { query: attachmentQuery },
    getAttachment(deps),
    ATTACHMENT_OPERATIONS.getAttachment,
  ),
  remove(
    '/attachments/:id',
    'write:attachments',
    'Deletes a file that no entry uses.',
    {},
    removeAttachment(deps),
    ATTACHMENT_OPERATIONS.removeAttachment,
  ),
];
