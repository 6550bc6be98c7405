import type { PublishedSubject } from '@riparo/shared/contracts/appointments.events';
import type { AppointmentType } from '@riparo/shared/contracts/enums';
import type { AssetEventV1 } from '@riparo/shared/contracts/assets.events';
import type { EventEnvelope } from '@riparo/shared/contracts/event';

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
  'REPAIR_RECEIVED',
  'REPAIR_ASSIGNED',
  'REPAIR_STATUS_CHANGED',
  'REPAIR_COMPLETED',
  'REPAIR_REFUSED',
  'REPAIR_COLLECTED',
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
  /** The ticket or the repair that it is about; entries of earlier times do not say it. */
  readonly about?: PublishedSubject;
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
  readonly repair?: { readonly id: string; readonly number: string };
  /** What was wrong, when a device was taken in. */
  readonly problem?: string;
  /** What was done when a ticket was resolved or an appointment or repair completed; why, when a repair was refused. */
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
