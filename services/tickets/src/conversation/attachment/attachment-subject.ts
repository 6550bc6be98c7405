import type { Caller } from '@riparo/shared/contracts/caller';
import type { EntryRef } from './attachment.js';

/**
 * What attachments ask of the ticket or repair whose timeline they are in. Both wings lie above this one, so each gives
 * its own (`dependencies.ts`), and no import runs upwards.
 */
export interface AttachmentSubject {
  /** Whether this person may read the ticket or repair. */
  mayRead(caller: Caller, entry: EntryRef): Promise<boolean>;
  /** Whether the entry that a file is promised to has come about. Reads the whole timeline, so it is asked only in doubt. */
  hasEntry(tenantId: string, entry: EntryRef): Promise<boolean>;
}

export type AttachmentSubjects = Readonly<Record<EntryRef['type'], AttachmentSubject>>;
