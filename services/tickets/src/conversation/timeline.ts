import type { AttachedFile } from './attachment/attachment.js';

export const ACTIVITY_TYPES = [
  'COMMENT',
  'STATUS_CHANGE',
  'ASSIGNMENT',
  'APPOINTMENT_SCHEDULED',
  'RESOLUTION',
  'ATTACHMENT',
  'WORK_REPORT',
  'PAYMENT',
  'SYSTEM',
] as const;
export type ActivityType = (typeof ACTIVITY_TYPES)[number];

/** One entry of the timeline of a ticket or a repair. Internal ones do not exist for customers. */
export interface Activity {
  readonly id: string;
  readonly type: ActivityType;
  /** Missing: the system itself. */
  readonly authorUserId?: string;
  readonly isInternal: boolean;
  readonly body: string;
  /** Before and after: what a program would want to know about it. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** As `metadata`, but for staff only, such as why the rules chose this technician. */
  readonly staffMetadata?: Readonly<Record<string, unknown>>;
  /** Files that came with it; they are as internal as the entry. */
  readonly attachments?: readonly AttachedFile[];
  readonly createdAt: Date;
}

/** How much the timeline holds, so that decisions need not load it. */
export interface TimelineSize {
  readonly count: number;
  readonly publicCount: number;
  /** Characters of all bodies and their metadata, and what the files' descriptions take. */
  readonly characters: number;
}

/** A document has room for 16 MiB; these leave more than half of it free, whatever alphabet the texts are in. */
export const MAX_ACTIVITIES = 2_000;
const MAX_CHARACTERS = 2_000_000;

export const EMPTY_TIMELINE: TimelineSize = { count: 0, publicCount: 0, characters: 0 };

/** What the description of a file takes besides its name. */
const FILE_CHARACTERS = 200;

/** Before and after of a long description take as much room as what people say. */
export const charactersIn = (details: unknown): number => (details === undefined ? 0 : JSON.stringify(details).length);

const charactersOf = ({ body, attachments = [], metadata, staffMetadata }: Activity): number =>
  attachments.reduce(
    (sum, { name }) => sum + name.length + FILE_CHARACTERS,
    body.length + charactersIn(metadata) + charactersIn(staffMetadata),
  );

export const grown = (size: TimelineSize, added: readonly Activity[]): TimelineSize => ({
  count: size.count + added.length,
  publicCount: size.publicCount + added.filter(({ isInternal }) => !isInternal).length,
  characters: size.characters + added.reduce((sum, activity) => sum + charactersOf(activity), 0),
});

/** Entries that people write stop here; what the system has to note may still be noted. */
export const isFullFor = (timeline: TimelineSize, body: string, details?: unknown): boolean =>
  timeline.count >= MAX_ACTIVITIES || timeline.characters + body.length + charactersIn(details) > MAX_CHARACTERS;
