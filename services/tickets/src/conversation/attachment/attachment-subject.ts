import type { Caller } from '@riparo/shared/contracts/caller';
import type { EntryRef } from './attachment.js';

/**
 * Answers the questions that attachments have about their ticket or repair. Tickets and repairs lie in wings above this
 * one, so each of these wings passes in its own answers (`dependencies.ts`), and no import runs upwards.
 */
export interface AttachmentSubject {
  /** Whether the caller may read the ticket or repair. */
  mayRead(caller: Caller, entry: EntryRef): Promise<boolean>;
  /** Whether the entry to which a file is promised was written. It reads the whole timeline, so it is asked only in doubt. */
  hasEntry(tenantId: string, entry: EntryRef): Promise<boolean>;
}

export type AttachmentSubjects = Readonly<Record<EntryRef['type'], AttachmentSubject>>;
