import { REPAIR_STATUS_NAMES } from '@riparo/shared/contracts/enums';
import type { Location } from '../location/location.js';
import type { ServicePlan } from '../service-plan/service-plan.js';
import type { Repair } from '../replica/repair.js';
import type { Ticket } from '../replica/ticket.js';
import type { Asset } from './asset.js';
import { coverageOf } from './coverage.js';
import { NO_WORK, type WorkFigures } from './work-figures.js';

const isoOr = (date: Date | null | undefined) => date ?? undefined;

/** A device as lists show it: its own fields and everything that is derived. */
export const viewAsset = (
  { serialKey: _s, searchWords: _w, nameKey: _n, repairsUnderWay: _r, deletedAt: _d, ...asset }: Asset,
  plan: ServicePlan | undefined,
  figures: WorkFigures = NO_WORK,
  today: string,
) => ({
  ...asset,
  ...coverageOf(asset.warrantyEndDate, plan, today),
  openTicketCount: figures.openTicketCount,
  totalTicketCount: figures.totalTicketCount,
  openRepairCount: figures.openRepairCount,
  totalRepairCount: figures.totalRepairCount,
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

export const viewRepair = ({
  id,
  number,
  status,
  problemDescription,
  estimatedCompletionAt,
  estimatedCompletionDay,
  outcome,
  collectedAt,
  createdAt,
}: Repair & { id: string }) => ({
  id,
  number,
  status,
  statusName: REPAIR_STATUS_NAMES[status],
  problemDescription,
  estimatedCompletionAt,
  estimatedCompletionDay,
  outcome,
  collectedAt,
  createdAt,
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
