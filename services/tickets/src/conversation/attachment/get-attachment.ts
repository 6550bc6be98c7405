import type { Caller } from '@riparo/shared/contracts/caller';
import { file } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { Attachment } from './attachment.js';
import { attachmentNotFound } from './attachment.errors.js';
import type { AttachmentPart } from './attachment.repository.js';
import type { AttachmentDeps } from './dependencies.js';
import { isStaffCaller } from '../../kernel/held.js';

interface Query {
  readonly size: AttachmentPart;
}
export const attachmentQuery = Joi.object<Query>({ size: oneOf<AttachmentPart>(['full', 'thumb']).default('full') });

/** Whoever may read the entry may see the file. Before the entry is written, only the uploader may. */
const isVisible = async ({ subjects }: Pick<AttachmentDeps, 'subjects'>, caller: Caller, attachment: Attachment): Promise<boolean> => {
  const { subject, pendingSince, uploadedByUserId } = attachment;
  if (uploadedByUserId === caller.userId && (subject === undefined || pendingSince !== undefined)) return true;
  if (subject === undefined || (subject.isInternal && !isStaffCaller(caller))) return false;
  if (!(await subjects[subject.type].mayRead(caller, subject))) return false;
  return pendingSince === undefined || subjects[subject.type].hasEntry(caller.tenantId, subject);
};

/** Sends the file, always as the media type that its content was checked to be. */
export const getAttachment =
  (deps: Pick<AttachmentDeps, 'attachments' | 'files' | 'subjects'>) =>
  async ({ caller, params: { id }, query: { size } }: Call<unknown, Query, { id: string }>): Promise<Reply> => {
    const found = await deps.attachments.in(caller.tenantId).find(id);
    if (found === undefined || !(await isVisible(deps, caller, found))) throw attachmentNotFound();
    const part = await deps.files.get(caller.tenantId, id, size);
    if (part === undefined) throw attachmentNotFound();
    const isPicture = found.width !== undefined;
    const reply = file(part.bytes, part.contentType, found.name, isPicture ? 'inline' : 'attachment');
    return {
      ...reply,
      headers: { ...reply.headers, 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': "default-src 'none'; sandbox" },
    };
  };
