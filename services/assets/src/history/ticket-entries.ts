import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { ExportedTicket, TicketStep } from '@riparo/shared/contracts/exported-tickets';
import {
  TicketAssigned,
  TicketMerged,
  TicketReplied,
  TicketStatusChanged,
  TicketUnassigned,
  TicketUnmerged,
  type PublishedTicket,
  type TicketEventV1,
  type TicketMergedV1,
  type TicketStatusChangedV1,
  type TicketUnmergedV1,
} from '@riparo/shared/contracts/tickets.events';
import type { HistoryEntry, HistoryType } from './history.js';

type TicketEnd = Pick<PublishedTicket, 'resolvedAt' | 'resolvedByUserId' | 'resolution' | 'closedAt' | 'mergedIntoId'>;

/** Ids are made from what an entry tells of, so that it is the same whether an event or a timeline told it. */
const commonOf = ({ id, ticketNumber, title, customerId }: PublishedTicket, assetId: string) => ({
  key: `${assetId}:${id}`,
  entry: { assetId, customerId, ticket: { id, ticketNumber, title } },
});

/** Opening, resolving and closing, as the ticket itself tells them. */
const stagesOf = (ticket: PublishedTicket, outcome: TicketEnd, assetId: string): readonly HistoryEntry[] => {
  const { key, entry } = commonOf(ticket, assetId);
  const { resolvedAt, resolvedByUserId, resolution, closedAt, mergedIntoId } = outcome;
  const opened = {
    id: `${key}:opened`,
    type: 'TICKET_OPENED',
    at: new Date(ticket.createdAt),
    actorUserId: ticket.createdByUserId,
  } as const;
  const entries: HistoryEntry[] = [{ ...entry, ...opened }];
  if (resolvedAt !== undefined) {
    const resolved = { id: `${key}:resolved:${resolvedAt}`, type: 'TICKET_RESOLVED', at: new Date(resolvedAt) } as const;
    entries.push({ ...entry, ...resolved, actorUserId: resolvedByUserId, resolution });
  }
  // Merged away is not closed, although its status says so.
  if (closedAt !== undefined && mergedIntoId === undefined)
    entries.push({ ...entry, id: `${key}:closed:${closedAt}`, type: 'TICKET_CLOSED', at: new Date(closedAt) });
  return entries;
};

type ToldStep = Pick<TicketStep, 'at' | 'actorUserId' | 'technicianId' | 'from' | 'to'> & {
  readonly kind: 'ASSIGNED' | 'STATUS_CHANGED' | 'MERGED' | 'UNMERGED';
};

const isTold = (step: TicketStep): step is TicketStep & ToldStep =>
  ['ASSIGNED', 'STATUS_CHANGED', 'MERGED', 'UNMERGED'].includes(step.kind);

const TYPE_OF: Readonly<Record<ToldStep['kind'], HistoryType>> = {
  ASSIGNED: 'TICKET_ASSIGNED',
  STATUS_CHANGED: 'TICKET_STATUS_CHANGED',
  MERGED: 'TICKET_MERGED',
  UNMERGED: 'TICKET_UNMERGED',
};

const entryOfStep = (ticket: PublishedTicket, step: ToldStep, assetId: string): HistoryEntry => {
  const { key, entry } = commonOf(ticket, assetId);
  const { kind, at, actorUserId, technicianId, from, to } = step;
  const id = `${key}:${kind}:${at}:${technicianId ?? to ?? from ?? ''}`;
  return { ...entry, id, type: TYPE_OF[kind], at: new Date(at), actorUserId, technicianId, from, to };
};

/** These change neither the stage of a ticket nor the device it is about; the events that do have told it. */
const TELL_NO_STAGE: ReadonlySet<string> = new Set([TicketReplied.type, TicketAssigned.type, TicketUnassigned.type]);

const stepOf = ({ type, time, data }: EventEnvelope<TicketEventV1>): ToldStep | undefined => {
  const { at = time, actorUserId, ticket } = data;
  const common = { at, ...(actorUserId === undefined ? {} : { actorUserId }) };
  switch (type) {
    case TicketAssigned.type:
      return { ...common, kind: 'ASSIGNED', ...(ticket.assignedToUserId === undefined ? {} : { technicianId: ticket.assignedToUserId }) };
    case TicketStatusChanged.type: {
      const { from, to } = data as TicketStatusChangedV1;
      return { ...common, kind: 'STATUS_CHANGED', from, to };
    }
    case TicketMerged.type:
      return { ...common, kind: 'MERGED', to: (data as TicketMergedV1).into.ticketNumber };
    case TicketUnmerged.type:
      return { ...common, kind: 'UNMERGED', from: (data as TicketUnmergedV1).from.ticketNumber };
    default:
      return undefined;
  }
};

/**
 * What an event of a ticket adds. Opening, resolving and closing are read from the ticket itself, so that they are told
 * whichever event arrives first, and also of a ticket that is only later linked to the device.
 */
export const entriesOfTicketEvent = (event: EventEnvelope<TicketEventV1>): readonly HistoryEntry[] => {
  const { ticket } = event.data;
  const { assetId } = ticket;
  if (assetId === undefined) return [];
  const stages = TELL_NO_STAGE.has(event.type) ? [] : stagesOf(ticket, ticket, assetId);
  const step = stepOf(event);
  return step === undefined ? stages : [...stages, entryOfStep(ticket, step, assetId)];
};

/** How far a ticket had come after a step. */
const outcomeAfter = (before: TicketEnd, step: TicketStep): TicketEnd => {
  switch (step.kind) {
    case 'RESOLVED': {
      const { at: resolvedAt, actorUserId: resolvedByUserId, resolution } = step;
      return {
        ...before,
        resolvedAt,
        ...(resolvedByUserId === undefined ? {} : { resolvedByUserId }),
        ...(resolution === undefined ? {} : { resolution }),
      };
    }
    case 'CLOSED':
      return { ...before, closedAt: step.at };
    case 'STATUS_CHANGED':
      return {}; // open again, whatever it was
    case 'MERGED':
      return { ...before, mergedIntoId: step.to ?? '' };
    case 'UNMERGED': {
      const { mergedIntoId: _ended, ...rest } = before;
      return rest;
    }
    case 'ASSIGNED':
    case 'LINKED':
      return before;
  }
};

/** Everything that the events of a ticket have added, from its timeline: to the devices that it was about at the time. */
export const entriesOfExportedTicket = ({ ticket, steps }: ExportedTicket): readonly HistoryEntry[] => {
  const linked = steps.find(({ kind }) => kind === 'LINKED');
  let assetId = linked === undefined ? ticket.assetId : linked.from;
  let outcome: TicketEnd = {};
  const entries = new Map<string, HistoryEntry>();
  const add = (more: readonly HistoryEntry[]): void => more.forEach((entry) => entries.set(entry.id, entries.get(entry.id) ?? entry));
  if (assetId !== undefined) add(stagesOf(ticket, outcome, assetId));
  for (const step of steps) {
    if (step.kind === 'LINKED') assetId = step.to;
    outcome = outcomeAfter(outcome, step);
    if (assetId === undefined) continue;
    add(stagesOf(ticket, outcome, assetId));
    if (isTold(step)) add([entryOfStep(ticket, step, assetId)]);
  }
  return [...entries.values()];
};
