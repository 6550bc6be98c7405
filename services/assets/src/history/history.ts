import type { AppointmentType } from '@riparo/shared/contracts/enums';
import type { AssetEventV1 } from '@riparo/shared/contracts/assets.events';
import type { EventEnvelope } from '@riparo/shared/contracts/event';
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

export const HISTORY_TYPES = [
  'REGISTERED',
  'STATUS_CHANGED',
  'MOVED',
  'PLAN_CHANGED',
  'HANDED_OVER',
  'TICKET_OPENED',
  'TICKET_ASSIGNED',
  'TICKET_STATUS_CHANGED',
  'TICKET_RESOLVED',
  'TICKET_CLOSED',
  'TICKET_MERGED',
  'TICKET_UNMERGED',
  'APPOINTMENT_BOOKED',
  'APPOINTMENT_RESCHEDULED',
  'APPOINTMENT_CONFIRMED',
  'APPOINTMENT_CANCELLED',
  'APPOINTMENT_STATUS_CHANGED',
  'APPOINTMENT_COMPLETED',
] as const;
export type HistoryType = (typeof HISTORY_TYPES)[number];

/** An appointment as it was after what an entry tells of. */
export interface HistoryAppointment {
  readonly id: string;
  readonly type: AppointmentType;
  readonly scheduledStartAt: string;
  readonly scheduledEndAt: string;
}

/** One thing that happened to a device. Its id is made from what it tells of, so that telling it twice adds nothing. */
export interface HistoryEntry {
  readonly id: string;
  readonly assetId: string;
  /** Whose the device (or the ticket) was then: a later owner does not see it. */
  readonly customerId: string;
  readonly at: Date;
  readonly type: HistoryType;
  readonly actorUserId?: string;
  readonly ticket?: { readonly id: string; readonly ticketNumber: string; readonly title: string };
  readonly appointment?: HistoryAppointment;
  /** What was done, when a ticket was resolved or an appointment completed. */
  readonly resolution?: string;
  readonly technicianId?: string;
  readonly from?: string;
  readonly to?: string;
}

const TYPE_OF = { status: 'STATUS_CHANGED', locationId: 'MOVED', servicePlanId: 'PLAN_CHANGED', customerId: 'HANDED_OVER' } as const;

/** What an event of the device itself adds. */
export const entriesOfAssetEvent = ({ id, time, data }: EventEnvelope<AssetEventV1>): readonly HistoryEntry[] => {
  const { asset, actorUserId, changes = [] } = data;
  const common = { assetId: asset.id, customerId: asset.customerId, at: new Date(time), actorUserId };
  const handedOver = changes.find(({ field }) => field === 'customerId');
  if (handedOver?.from === undefined && handedOver !== undefined) return [{ ...common, id, type: 'REGISTERED' }];
  // Place and plan change with the owner; what they were is not the new owner's business.
  const told = handedOver === undefined ? changes : [handedOver];
  return told.map(({ field, from, to }) => ({ ...common, id: `${id}:${field}`, type: TYPE_OF[field], from, to }));
};

const isStatusChange = (event: EventEnvelope<TicketEventV1>): event is EventEnvelope<TicketStatusChangedV1> =>
  event.type === TicketStatusChanged.type;
const isMerge = (event: EventEnvelope<TicketEventV1>): event is EventEnvelope<TicketMergedV1> => event.type === TicketMerged.type;
const isUnmerge = (event: EventEnvelope<TicketEventV1>): event is EventEnvelope<TicketUnmergedV1> => event.type === TicketUnmerged.type;

type TicketEntry = Pick<HistoryEntry, 'assetId' | 'customerId' | 'ticket'>;

/** Opening, resolving and closing, as the ticket itself tells them. */
const stagesOf = (common: TicketEntry, key: string, ticket: PublishedTicket): readonly HistoryEntry[] => {
  const { createdAt, createdByUserId, resolvedAt, resolvedByUserId, resolution, closedAt, mergedIntoId } = ticket;
  const opened = { id: `${key}:opened`, type: 'TICKET_OPENED', at: new Date(createdAt), actorUserId: createdByUserId } as const;
  const entries: HistoryEntry[] = [{ ...common, ...opened }];
  if (resolvedAt !== undefined) {
    const resolved = { id: `${key}:resolved:${resolvedAt}`, type: 'TICKET_RESOLVED', at: new Date(resolvedAt) } as const;
    entries.push({ ...common, ...resolved, actorUserId: resolvedByUserId, resolution });
  }
  // Merged away is not closed, although its status says so.
  if (closedAt !== undefined && mergedIntoId === undefined)
    entries.push({ ...common, id: `${key}:closed:${closedAt}`, type: 'TICKET_CLOSED', at: new Date(closedAt) });
  return entries;
};

/** These change neither the stage of a ticket nor the device it is about; the events that do have told it. */
const TELL_NO_STAGE: ReadonlySet<string> = new Set([TicketReplied.type, TicketAssigned.type, TicketUnassigned.type]);

/**
 * What an event of a ticket adds. Opening, resolving and closing are read from the ticket itself, so that they are told
 * whichever event arrives first, and also of a ticket that is only later linked to the device.
 */
export const entriesOfTicketEvent = (event: EventEnvelope<TicketEventV1>): readonly HistoryEntry[] => {
  const { ticket, actorUserId } = event.data;
  const { assetId, id, ticketNumber, title, customerId } = ticket;
  if (assetId === undefined) return [];
  const common = { assetId, customerId, ticket: { id, ticketNumber, title } };
  const entries = TELL_NO_STAGE.has(event.type) ? [] : [...stagesOf(common, `${assetId}:${id}`, ticket)];
  const now = { ...common, id: `${assetId}:${event.id}`, at: new Date(event.time), actorUserId };
  if (event.type === TicketAssigned.type) entries.push({ ...now, type: 'TICKET_ASSIGNED', technicianId: ticket.assignedToUserId });
  if (isStatusChange(event)) entries.push({ ...now, type: 'TICKET_STATUS_CHANGED', from: event.data.from, to: event.data.to });
  if (isMerge(event)) entries.push({ ...now, type: 'TICKET_MERGED', to: event.data.into.ticketNumber });
  if (isUnmerge(event)) entries.push({ ...now, type: 'TICKET_UNMERGED', from: event.data.from.ticketNumber });
  return entries;
};
