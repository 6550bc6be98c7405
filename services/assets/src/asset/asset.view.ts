import type { Location } from '../location/location.js';
import type { ServicePlan } from '../service-plan/service-plan.js';
import type { Ticket } from '../replica/ticket.js';
import type { Asset } from './asset.js';
import { coverageOf } from './coverage.js';
import { NO_TICKETS, type TicketFigures } from './ticket-figures.js';

const isoOr = (date: Date | null | undefined) => date ?? undefined;

/** A device as lists show it: its own fields and everything that is derived. */
export const viewAsset = (
  { serialKey: _s, searchWords: _w, nameKey: _n, deletedAt: _d, ...asset }: Asset,
  plan: ServicePlan | undefined,
  figures: TicketFigures = NO_TICKETS,
  today: string,
) => ({
  ...asset,
  ...coverageOf(asset.warrantyEndDate, plan, today),
  openTicketCount: figures.openTicketCount,
  totalTicketCount: figures.totalTicketCount,
  lastTicketAt: isoOr(figures.lastTicketAt),
  lastServiceAt: isoOr(figures.lastServiceAt),
});

export const viewTicket = ({
  id,
  ticketNumber,
  title,
  status,
  stage,
  priority,
  category,
  createdAt,
  resolvedAt,
}: Ticket & { id: string }) => ({
  id,
  ticketNumber,
  title,
  status,
  stage,
  priority,
  category,
  createdAt,
  resolvedAt,
});

/** Of its place, what somebody needs who looks at a device. */
export const viewPlace = ({ id, name, addressLine1, addressLine2, city, state, postalCode, country, phone }: Location) => ({
  id,
  name,
  addressLine1,
  addressLine2,
  city,
  state,
  postalCode,
  country,
  phone,
});
