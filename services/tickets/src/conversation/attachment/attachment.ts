import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { attachmentInUse, attachmentNotFound } from './attachment.errors.js';

/** The timeline entry that a file belongs to, or the change of a work report that brought it. */
export interface EntryRef {
  readonly type: 'TICKET' | 'REPAIR' | 'WORK_REPORT';
  /** Id of the ticket or repair in whose timeline the entry is, or of the work report. */
  readonly id: string;
  readonly activityId: string;
  /** The merged ticket to which the entry was sent; the entry therefore belongs to it. */
  readonly throughId?: string;
  /** True when the entry is internal: customers must not see the file. */
  readonly isInternal: boolean;
}

/**
 * A file that a user has sent. It is promised to one entry before that entry is written (`subject`, `pendingSince`), so
 * that it can never be in two entries. When the entry is written, the file is confirmed (`pendingSince` is removed).
 * The entry holds a copy of the facts that people see.
 */
export interface Attachment extends Entity {
  readonly name: string;
  readonly contentType: string;
  readonly byteCount: number;
  /** Size of a picture, in pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly uploadedByUserId: string;
  readonly subject?: EntryRef;
  readonly pendingSince?: Date;
}

/** The facts about a file that a timeline entry holds. */
export type AttachedFile = Pick<Attachment, 'id' | 'name' | 'contentType' | 'byteCount' | 'width' | 'height'>;

type AttachmentDecision = Decision<Attachment>;

export type Upload = Omit<Draft<Attachment>, 'subject' | 'pendingSince'>;

export const attachedFile = ({ id, name, contentType, byteCount, width, height }: Attachment): AttachedFile => ({
  id,
  name,
  contentType,
  byteCount,
  ...(width === undefined || height === undefined ? {} : { width, height }),
});

/** Whether the user may put the file into this entry: it is the user's own, and free or already promised to this entry. */
export const isFreeFor = ({ uploadedByUserId, subject }: Attachment, userId: string, activityId: string): boolean =>
  uploadedByUserId === userId && (subject === undefined || subject.activityId === activityId);

/** Promises the file to an entry. Nothing changes when another entry was faster; the caller sees that by `subject`. */
export const promise = (before: Attachment, userId: string, subject: EntryRef, now: Date): AttachmentDecision =>
  isFreeFor(before, userId, subject.activityId) && before.subject === undefined
    ? { state: { ...before, subject, pendingSince: now } }
    : { state: before };

const isPendingFor = ({ subject, pendingSince }: Attachment, activityId: string): boolean =>
  pendingSince !== undefined && subject?.activityId === activityId;

/** The entry was not written, so the file is free again. */
export const release = (before: Attachment, activityId: string): AttachmentDecision =>
  isPendingFor(before, activityId) ? { state: { ...before, subject: undefined, pendingSince: undefined } } : { state: before };

/** The entry was written, so the promise is kept. */
export const confirm = (before: Attachment, activityId: string): AttachmentDecision =>
  isPendingFor(before, activityId) ? { state: { ...before, pendingSince: undefined } } : { state: before };

/** Removes a free file. A file that belongs or is promised to an entry stays. */
export const discard = (before: Attachment, now: Date): AttachmentDecision =>
  before.subject === undefined ? { state: { ...before, deletedAt: now } } : { state: before };

/** Removes a free file for its uploader. */
export const removeByUploader = (before: Attachment, userId: string, now: Date): AttachmentDecision => {
  if (before.uploadedByUserId !== userId) throw attachmentNotFound();
  if (before.subject !== undefined) throw attachmentInUse();
  return discard(before, now);
};
