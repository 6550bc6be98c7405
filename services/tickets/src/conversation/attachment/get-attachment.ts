import type { Caller } from '@riparo/shared/contracts/caller';
import { file } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { mergeTargetOf } from '../../ticket/merge/merge-target.js';
import type { Attachment, EntryRef } from './attachment.js';
import { attachmentNotFound } from './attachment.errors.js';
import type { AttachmentPart } from './attachment.repository.js';
import type { AttachmentDeps } from './deps.js';
import { holdsEntry } from './entry-ref.js';
import { isStaffCaller, maySee, maySee as maySeeRepair } from '../../kernel/held.js';

interface Query {
  readonly size: AttachmentPart;
}
export const attachmentQuery = Joi.object<Query>({ size: oneOf<AttachmentPart>(['full', 'thumb']).default('full') });

type Subjects = Pick<AttachmentDeps, 'tickets' | 'repairs'>;

const maySeeSubject = async (deps: Subjects, caller: Caller, { type, id, throughId }: EntryRef): Promise<boolean> => {
  if (type === 'REPAIR') {
    const repair = await deps.repairs.in(caller.tenantId).find(id);
    return repair !== undefined && maySeeRepair(caller, repair);
  }
  const tickets = deps.tickets.in(caller.tenantId);
  const ticket = await tickets.find(throughId ?? id);
  return ticket !== undefined && (maySee(caller, ticket) || maySee(caller, await mergeTargetOf(tickets, ticket)));
};

/** Whoever may read the entry; while there is none, only who sent it. */
const isVisible = async (deps: Subjects, caller: Caller, attachment: Attachment): Promise<boolean> => {
  const { subject, pendingSince, uploadedByUserId } = attachment;
  if (uploadedByUserId === caller.userId && (subject === undefined || pendingSince !== undefined)) return true;
  if (subject === undefined || (subject.isInternal && !isStaffCaller(caller))) return false;
  if (!(await maySeeSubject(deps, caller, subject))) return false;
  return pendingSince === undefined || holdsEntry(deps, caller.tenantId, subject);
};

/** The file itself, never as anything but what it was checked to be. */
export const getAttachment =
  (deps: Pick<AttachmentDeps, 'attachments' | 'files' | 'tickets' | 'repairs'>) =>
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
