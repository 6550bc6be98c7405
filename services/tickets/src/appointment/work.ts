import type { SubjectKind } from '@riparo/shared/contracts/appointments.events';
import type { Caller } from '@riparo/shared/contracts/caller';
import type { AppointmentType, TicketCategory } from '@riparo/shared/contracts/enums';
import { mergeTargetOf } from '../ticket/merge/merge-target.js';
import { visibleTo as seenRepair } from '../repair/repair.access.js';
import type { RepairState } from '../repair/repair.js';
import type { Repairs } from '../repair/repair.repository.js';
import { visibleTo as seenTicket } from '../ticket/ticket.access.js';
import { ticketMerged } from '../ticket/ticket.errors.js';
import type { TicketState } from '../ticket/ticket.js';
import type { Tickets } from '../ticket/ticket.repository.js';
import type { Subject } from './appointment.js';
import { repairTakesNone, ticketNotActive } from './appointment.errors.js';
import { takesAppointment } from '../repair/transitions.js';

/** The ticket or repair of an appointment, as far as booking needs it. */
export interface Work {
  readonly subject: Subject;
  readonly customerId: string;
  readonly assetId?: string;
  readonly locationId?: string;
  /** The person whom mails go to when the desk books; missing: the customer's contact address. */
  readonly contactUserId?: string;
  readonly assignedToUserId?: string;
  /** The vehicle for its visits. */
  readonly vehicleId?: string;
  /** The skill that the technician needs. */
  readonly category: TicketCategory;
  /** Whether an appointment of this type can still be booked for the work. */
  readonly takes: (type: AppointmentType) => boolean;
}

/** Kind and id of the work, as requests and appointments name it. */
export interface WorkRef {
  readonly kind: SubjectKind;
  readonly id: string;
}

export interface WorkDeps {
  readonly tickets: Tickets;
  readonly repairs: Repairs;
}

export const workOfTicket = (ticket: TicketState): Work => ({
  subject: { kind: 'TICKET', id: ticket.id, number: ticket.ticketNumber },
  customerId: ticket.customerId,
  assetId: ticket.assetId,
  locationId: ticket.locationId,
  contactUserId: ticket.createdByUserId,
  assignedToUserId: ticket.assignedToUserId,
  vehicleId: ticket.vehicleId,
  category: ticket.category,
  takes: () => ticket.active,
});

/** A repair needs the skill HARDWARE, whatever is wrong: the technician opens the device. */
export const workOfRepair = (repair: RepairState): Work => ({
  subject: { kind: 'REPAIR', id: repair.id, number: repair.number },
  customerId: repair.customerId,
  assetId: repair.assetId,
  locationId: repair.locationId,
  contactUserId: repair.contactUserId,
  assignedToUserId: repair.assignedToUserId,
  category: 'HARDWARE',
  takes: (type) => takesAppointment(repair.status, type),
});

/** The work in its present state. For a merged ticket this is the ticket that it was merged into, because the work goes on there. */
export const findWork = async ({ tickets, repairs }: WorkDeps, tenantId: string, { kind, id }: WorkRef): Promise<Work | undefined> => {
  if (kind === 'REPAIR') {
    const repair = await repairs.in(tenantId).find(id);
    return repair === undefined ? undefined : workOfRepair(repair);
  }
  const ticket = await tickets.in(tenantId).find(id);
  return ticket === undefined ? undefined : workOfTicket(await mergeTargetOf(tickets.in(tenantId), ticket));
};

/** The work that the caller may see and that takes an appointment of this type; throws otherwise. */
export const bookableWork = async (
  { tickets, repairs }: WorkDeps,
  caller: Caller,
  { kind, id }: WorkRef,
  type: AppointmentType,
): Promise<Work> => {
  if (kind === 'REPAIR') {
    const repair = seenRepair(caller, await repairs.in(caller.tenantId).find(id));
    if (!takesAppointment(repair.status, type)) throw repairTakesNone(repair.status);
    return workOfRepair(repair);
  }
  const ticket = seenTicket(caller, await tickets.in(caller.tenantId).find(id));
  if (ticket.mergedIntoId !== undefined) throw ticketMerged(ticket.mergedIntoId);
  if (!ticket.active) throw ticketNotActive(ticket.status);
  return workOfTicket(ticket);
};
