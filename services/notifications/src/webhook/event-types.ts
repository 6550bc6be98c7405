import type { EventContract } from '@riparo/shared/contracts/event';
import { PartLowOnStock, ReservationChanged, StockMoved } from '@riparo/shared/contracts/parts.events';
import {
  AppointmentNeedsReplanning,
  AppointmentReminderDue,
  AppointmentVehicleChanged,
} from '@riparo/shared/contracts/appointments.events';
import { SessionsRevoked, SettingsChanged } from '@riparo/shared/contracts/auth.events';
import { ServicePlanExpiring } from '@riparo/shared/contracts/assets.events';
import { InvoiceIssued, InvoiceUpdated } from '@riparo/shared/contracts/invoices.events';
import { PickupNoticeSettled, WebhookSwitchedOff } from '@riparo/shared/contracts/notifications.events';
import { QuoteReminderDue } from '@riparo/shared/contracts/quotes.events';
import { RepairAbandoned, RepairPickupNoticeDue, RepairRefunded, RepairStorageCharged } from '@riparo/shared/contracts/repair-money.events';
import { ReportReady } from '@riparo/shared/contracts/reports.events';
import { TicketRated } from '@riparo/shared/contracts/tickets.events';
import {
  addressEvents,
  appointmentEvents,
  assetEvents,
  customerEvents,
  incomingPaymentEvents,
  locationEvents,
  noteEvents,
  partEvents,
  planPromiseEvents,
  quoteEvents,
  repairEvents,
  repairPaymentEvents,
  ticketClockEvents,
  ticketEvents,
  ticketLinkEvents,
  userEvents,
  vehicleEvents,
  workReportEvents,
} from '@riparo/shared/contracts/topology';

type Described = Pick<EventContract<unknown>, 'type' | 'description'>;

/** What webhooks can ask for, by group: `tickets.*` is all of a group, also what joins it later. */
const GROUPS = {
  customers: customerEvents,
  locations: locationEvents,
  assets: assetEvents,
  'service-plans': [...planPromiseEvents, ServicePlanExpiring],
  tickets: [...ticketEvents, TicketRated, ...ticketLinkEvents, ...ticketClockEvents],
  appointments: [...appointmentEvents, AppointmentVehicleChanged, AppointmentNeedsReplanning],
  'work-reports': workReportEvents,
  repairs: [...repairEvents, ...repairPaymentEvents, RepairRefunded, RepairStorageCharged, RepairAbandoned],
  quotes: quoteEvents,
  invoices: [InvoiceIssued, InvoiceUpdated],
  payments: incomingPaymentEvents,
  parts: [...partEvents, PartLowOnStock, StockMoved],
  vehicles: vehicleEvents,
} as const satisfies Record<string, readonly Described[]>;

/**
 * What stays inside: accounts and sessions of people, the centre's own settings, internal notes, and what services tell each
 * other so that a mail goes out or a copy is brought up to date. Each published event is either here or in a group.
 */
export const WITHHELD: readonly Described[] = [
  ...userEvents,
  SessionsRevoked,
  SettingsChanged,
  ...noteEvents,
  AppointmentReminderDue,
  ReservationChanged,
  QuoteReminderDue,
  RepairPickupNoticeDue,
  PickupNoticeSettled,
  WebhookSwitchedOff,
  ...addressEvents,
  ReportReady,
];

export interface OfferedType {
  readonly type: string;
  /** `tickets`; all of it is `tickets.*`. */
  readonly group: string;
  /** A sentence. */
  readonly about: string;
}

export const OFFERED_CONTRACTS = Object.values(GROUPS).flat() as unknown as readonly EventContract<unknown>[];

export const OFFERED: readonly OfferedType[] = Object.entries(GROUPS).flatMap(([group, contracts]) =>
  contracts.map(({ type, description }) => ({ type, group, about: description })),
);

const groupOf: ReadonlyMap<string, string> = new Map(OFFERED.map(({ type, group }) => [type, group]));

export const ALL_TYPES = '*';
const wholeOf = (group: string): string => `${group}.*`;

/** Every text that can stand in `events` of a webhook. */
export const SELECTORS: readonly string[] = [ALL_TYPES, ...Object.keys(GROUPS).map(wholeOf), ...OFFERED.map(({ type }) => type)];

/** Whether a webhook with these `events` wants an event of this type. */
export const wants = (events: readonly string[], type: string): boolean => {
  const group = groupOf.get(type);
  if (group === undefined) return false;
  return events.includes(ALL_TYPES) || events.includes(wholeOf(group)) || events.includes(type);
};
