import { noContent } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { removeByUploader } from './attachment.js';
import { attachmentNotFound } from './attachment.errors.js';
import type { AttachmentDeps } from './dependencies.js';

/** Removes the caller's own file while no entry has it. */
export const removeAttachment =
  ({ attachments, files }: Pick<AttachmentDeps, 'attachments' | 'files'>) =>
  async ({ caller, params: { id }, now, ifMatch }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const removed = await attachments.in(tenantId).update(id, (before) => removeByUploader(before, userId, now), { ifMatch });
    if (removed === undefined) throw attachmentNotFound();
    await files.remove(tenantId, id);
    return noContent();
  };
