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

/** An entry of the timeline of a ticket or a repair. Customers do not see internal entries. */
export interface Activity {
  readonly id: string;
  readonly type: ActivityType;
  /** Missing: the system itself. */
  readonly authorUserId?: string;
  readonly isInternal: boolean;
  readonly body: string;
  /** Values for programs: the old and new values of the change. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Like `metadata`, but for staff only: for example why the rules chose this technician. */
  readonly staffMetadata?: Readonly<Record<string, unknown>>;
  /** The entry's files. They are internal when the entry is internal. */
  readonly attachments?: readonly AttachedFile[];
  readonly createdAt: Date;
}

/** The size of the timeline. Decisions use it instead of loading the timeline. */
export interface TimelineSize {
  readonly count: number;
  readonly publicCount: number;
  /** Characters of all bodies and their metadata, and of the descriptions of files. */
  readonly characters: number;
}

/** A document may have 16 MiB. These limits leave more than half of it free, in every alphabet. */
export const MAX_ACTIVITIES = 2_000;
const MAX_CHARACTERS = 2_000_000;

export const EMPTY_TIMELINE: TimelineSize = { count: 0, publicCount: 0, characters: 0 };

/** Characters of a file's description without its name. */
const FILE_CHARACTERS = 200;

/** Old and new value of a long description take as much room as a message, so metadata counts too. */
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

/** The limit for entries of people. The system may still add its entries beyond it. */
export const isFullFor = (timeline: TimelineSize, body: string, details?: unknown): boolean =>
  timeline.count >= MAX_ACTIVITIES || timeline.characters + body.length + charactersIn(details) > MAX_CHARACTERS;
