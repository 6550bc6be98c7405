import type { AttachedFile } from '../conversation/attachment/attachment.js';
import type { TicketCategory, TicketPriority, TicketSource } from '@riparo/shared/contracts/enums';
import type { DomainEvent } from '@riparo/shared/contracts/event';
import { TicketAssigned, TicketOpened } from '@riparo/shared/contracts/tickets.events';
import type { SlaPolicy } from './sla/sla.js';
import type { Choice } from '../technician/choose-technician.js';
import { assignmentEntry } from '../conversation/entries.js';
import { actor, stamped, type Entry, type Stamp } from '../conversation/stamp.js';
import { published, withDerived, type Ticket, type TicketDraft } from './ticket.js';
import { EMPTY_TIMELINE, grown } from '../conversation/timeline.js';
import { withDueTimes, silenceEnd } from './sla/timers.js';
import { numberWords } from '../kernel/number-words.js';
import type { TimeRules } from '../kernel/tenant-rules.js';

export interface Opening {
  readonly id: string;
  readonly customerId: string;
  readonly assetId?: string;
  readonly locationId?: string;
  readonly createdByUserId: string;
  readonly title: string;
  readonly description: string;
  readonly category: TicketCategory;
  readonly priority: TicketPriority;
  readonly source: TicketSource;
  readonly policy: SlaPolicy;
  /** The technician that the rules chose; missing when nobody was free. */
  readonly choice?: Choice;
  /** Files of the request. */
  readonly files?: readonly AttachedFile[];
  /** Search words; those of the ticket number are added. */
  readonly words: readonly string[];
}

/** At least three digits, as in `TKT-2026-001`. */
export const ticketNumberOf = (year: string, sequence: number): string => `TKT-${year}-${String(sequence).padStart(3, '0')}`;

const assignment = ({ choice }: Opening, stamp: Stamp, rules: TimeRules) =>
  choice === undefined ? {} : { assignedToUserId: choice.technicianId, silenceDueAt: silenceEnd(rules, stamp.at) };

/** Index of the entry for files in a new ticket: attaching files needs the entry's id beforehand. */
export const FILES_ENTRY = 1;

const filesEntry = (files: readonly AttachedFile[] = []): readonly Entry[] =>
  files.length === 0 ? [] : [{ type: 'ATTACHMENT', body: files.map(({ name }) => name).join(', '), attachments: files }];

/** A new ticket with its number and, when one was chosen, its assignee. */
export const open = (opening: Opening, ticketNumber: string, stamp: Stamp, rules: TimeRules): TicketDraft => {
  const { policy, choice, words, files, ...fields } = opening;
  const entries: readonly Entry[] = [
    { type: 'SYSTEM', body: 'Ticket opened' },
    ...filesEntry(files),
    ...(choice === undefined ? [] : [assignmentEntry(undefined, choice.technicianId, { reason: choice.reason })]),
  ];
  const activities = stamped(entries, stamp).map((activity) =>
    activity.type === 'ASSIGNMENT' ? { ...activity, authorUserId: undefined } : activity,
  );
  return withDerived(
    withDueTimes(
      {
        ...fields,
        ticketNumber,
        status: 'OPEN' as const,
        ...assignment(opening, stamp, rules),
        slaBreached: false,
        sla: { policy, startedAt: stamp.at, pauses: [] },
        declinedBy: [],
        silentMoves: 0,
        held: false,
        recentChanges: [],
        timeline: grown(EMPTY_TIMELINE, activities),
        activities,
        words: [...numberWords(ticketNumber), ...words],
      },
      rules,
    ),
  );
};

export const openEvents =
  (stamp: Stamp) =>
  (ticket: Ticket): readonly DomainEvent[] => {
    const data = { ticket: published(ticket), ...actor(stamp) };
    return [
      TicketOpened.with(data),
      ...(ticket.assignedToUserId === undefined ? [] : [TicketAssigned.with({ ticket: data.ticket, at: data.at })]),
    ];
  };
