import { cut } from '@riparo/shared/text/cut';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply, UploadRule } from '@riparo/shared/http/route';
import { attachedFile } from './attachment.js';
import type { AttachmentDeps } from './dependencies.js';
import { chargeQuota } from './quota.js';

export const ATTACHMENT_UPLOAD: UploadRule = { field: 'file', maxBytes: 20 * 1024 * 1024 };

const MAX_NAME = 120;
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
};

/**
 * The file's name for display: without path and control characters (those that turn the reading direction included),
 * and with the ending of its real type. `..\photo.exe` of a JPEG becomes `photo.jpg`.
 */
export const shownName = (given: string, contentType: string): string => {
  const base = (given.split(/[/\\]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*]/gu, '').trim();
  const stem = cut(base.replace(/\.[^.]*$/, ''), MAX_NAME)
    .replace(/^\.+/, '')
    .trim();
  return `${stem === '' ? 'file' : stem}.${EXTENSIONS[contentType] ?? 'bin'}`;
};

/**
 * Stores a file for a later entry. The bytes are stored before the record that names them, so that a crash leaves only
 * bytes, which the sweep removes.
 */
export const uploadAttachment =
  ({ attachments, files, prepareFile, quotas, quota }: AttachmentDeps) =>
  async ({ caller, file, ids, now }: Call): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const { bytes, filename } = file ?? { bytes: Buffer.alloc(0), filename: '' };
    await chargeQuota(quotas, caller, bytes.length, quota, now);
    const { full, thumb, width, height } = await prepareFile(bytes);
    const id = ids.next();
    await files.put({ tenantId, fileId: id }, { full, ...(thumb === undefined ? {} : { thumb }) });
    const saved = await attachments.in(tenantId).insert({
      id,
      name: shownName(filename, full.contentType),
      contentType: full.contentType,
      byteCount: full.bytes.length,
      width,
      height,
      uploadedByUserId: userId,
    });
    return created(`/attachments/${id}`, { ...attachedFile(saved), createdAt: saved.createdAt });
  };
