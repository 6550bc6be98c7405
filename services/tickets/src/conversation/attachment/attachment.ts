import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { attachmentInUse, attachmentNotFound } from './attachment.errors.js';

/** The timeline entry that a file belongs to. */
export interface EntryRef {
  readonly type: 'TICKET' | 'REPAIR';
  /** In whose timeline it lies. */
  readonly id: string;
  readonly activityId: string;
  /** The merged ticket through which it came, and to which it therefore belongs. */
  readonly throughId?: string;
  /** As the entry is: not for customers. */
  readonly isInternal: boolean;
}

/**
 * A file somebody sent. It is promised to one entry *before* that entry is written (`subject`, `pendingSince`), so that it
 * can never get into two; once the entry is there, it is confirmed (`pendingSince` goes). The entry holds a copy of what
 * people are shown of it.
 */
export interface Attachment extends Entity {
  readonly name: string;
  readonly contentType: string;
  readonly byteCount: number;
  /** Of pictures, in pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly uploadedByUserId: string;
  readonly subject?: EntryRef;
  readonly pendingSince?: Date;
}

/** What an entry of a timeline says of a file. */
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

/** Whether this person may put it into this entry: their own, and free or promised to this very entry before. */
export const isFreeFor = ({ uploadedByUserId, subject }: Attachment, userId: string, activityId: string): boolean =>
  uploadedByUserId === userId && (subject === undefined || subject.activityId === activityId);

/** Promises it to an entry; nothing changes when somebody else was faster, which the caller sees by `subject`. */
export const promise = (before: Attachment, userId: string, subject: EntryRef, now: Date): AttachmentDecision =>
  isFreeFor(before, userId, subject.activityId) && before.subject === undefined
    ? { state: { ...before, subject, pendingSince: now } }
    : { state: before };

const isPendingFor = ({ subject, pendingSince }: Attachment, activityId: string): boolean =>
  pendingSince !== undefined && subject?.activityId === activityId;

/** The entry has not come about: free again. */
export const release = (before: Attachment, activityId: string): AttachmentDecision =>
  isPendingFor(before, activityId) ? { state: { ...before, subject: undefined, pendingSince: undefined } } : { state: before };

/** The entry is there. */
export const confirm = (before: Attachment, activityId: string): AttachmentDecision =>
  isPendingFor(before, activityId) ? { state: { ...before, pendingSince: undefined } } : { state: before };

/** Takes a free one away; one that an entry has, or is about to have, stays. */
export const discard = (before: Attachment, now: Date): AttachmentDecision =>
  before.subject === undefined ? { state: { ...before, deletedAt: now } } : { state: before };

/** By who sent it, while it is free. */
export const removeByUploader = (before: Attachment, userId: string, now: Date): AttachmentDecision => {
  if (before.uploadedByUserId !== userId) throw attachmentNotFound();
  if (before.subject !== undefined) throw attachmentInUse();
  return discard(before, now);
};
