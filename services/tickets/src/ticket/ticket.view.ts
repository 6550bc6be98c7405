import type { Caller } from '@riparo/shared/contracts/caller';
import { type Replicas, customerName, named, shownVehicle } from '../replica/replicas.js';
import type { TicketState } from './ticket.js';
import { compact } from '@riparo/shared/json/compact';
import { isStaffCaller } from '../kernel/held.js';
import { shownVersion } from '../kernel/shown-version.js';
import { deviceFor } from '../replica/asset-lookup.js';

/** The fields of a ticket that views need. */
type ListedTicket = Omit<TicketState, 'words' | 'sla' | 'recentChanges' | 'timeline' | 'merge'>;

/** What customers see of a ticket, without internal data. JSON turns dates into ISO 8601. */
export const shownToCustomers = (ticket: ListedTicket) => ({
  id: ticket.id,
  ticketNumber: ticket.ticketNumber,
  customerId: ticket.customerId,
  assetId: ticket.assetId,
  locationId: ticket.locationId,
  createdByUserId: ticket.createdByUserId,
  assignedToUserId: ticket.assignedToUserId,
  title: ticket.title,
  description: ticket.description,
  category: ticket.category,
  priority: ticket.priority,
  status: ticket.status,
  stage: ticket.stage,
  source: ticket.source,
  responseDueAt: ticket.responseDueAt,
  slaDueAt: ticket.slaDueAt,
  firstRespondedAt: ticket.firstRespondedAt,
  slaBreached: ticket.slaBreached,
  resolution: ticket.resolution,
  resolvedAt: ticket.resolvedAt,
  closedAt: ticket.closedAt,
  mergedIntoId: ticket.mergedIntoId,
  rating: ticket.rating,
  createdAt: ticket.createdAt,
  updatedAt: ticket.updatedAt,
});

const forStaff = (
  { held, declinedBy, resolvedByUserId, internalNotes, vehicleId }: ListedTicket,
  vehicle: { readonly plate: string } | undefined,
) => ({
  vehicle: shownVehicle(vehicleId, vehicle),
  held,
  declinedBy,
  resolvedByUserId,
  internalNotes,
});

/** Tickets as lists and answers show them, with the names of technician, customer and device. */
export const viewTickets = async ({ users, customers, assets, vehicles }: Replicas, caller: Caller, tickets: readonly ListedTicket[]) => {
  const { tenantId } = caller;
  const [people, owners, devices, driven] = await Promise.all([
    users.findMany(
      tenantId,
      tickets.map(({ assignedToUserId }) => assignedToUserId),
    ),
    customers.findMany(
      tenantId,
      tickets.map(({ customerId }) => customerId),
    ),
    assets.findMany(
      tenantId,
      tickets.map(({ assetId }) => assetId),
    ),
    vehicles.findMany(
      tenantId,
      tickets.map(({ vehicleId }) => vehicleId),
    ),
  ]);
  return tickets.map((ticket) => {
    const owner = owners.get(ticket.customerId);
    const device = ticket.assetId === undefined ? undefined : deviceFor(caller, ticket.customerId, devices.get(ticket.assetId));
    return compact({
      ...shownToCustomers(ticket),
      version: shownVersion(caller, ticket),
      ...(isStaffCaller(caller) ? forStaff(ticket, driven.get(ticket.vehicleId ?? '')) : {}),
      customer: named(ticket.customerId, owner && customerName(owner)),
      asset: ticket.assetId === undefined ? undefined : { id: ticket.assetId, friendlyName: device?.friendlyName ?? '' },
      assignedTo: named(
        ticket.assignedToUserId,
        ticket.assignedToUserId === undefined ? undefined : people.get(ticket.assignedToUserId)?.name,
      ),
    });
  });
};

export const viewTicket = async (replicas: Replicas, caller: Caller, ticket: ListedTicket) => {
  const [view] = await viewTickets(replicas, caller, [ticket]);
  return view as NonNullable<typeof view>;
};
