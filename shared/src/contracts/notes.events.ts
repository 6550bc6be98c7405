import Joi from 'joi';
import { defineEvent } from './event.js';
import { id } from './fragments.js';
import { repairEventFields, type RepairEventV1 } from './repairs.events.js';
import { ticketEventFields, type TicketEventV1 } from './tickets.events.js';

/** These events tell that there is an internal note, never what it says: staff read that where they may. */
export interface TicketNotedV1 extends TicketEventV1 {
  readonly activityId: string;
}
export const TicketNoted = defineEvent<TicketNotedV1>(
  'riparo.tickets.ticket-noted.v1',
  'Staff added an internal note to the timeline; only for staff to learn of.',
  Joi.object<TicketNotedV1>({ ...ticketEventFields, activityId: id.required() }),
);

export interface RepairNotedV1 extends RepairEventV1 {
  readonly activityId: string;
}
export const RepairNoted = defineEvent<RepairNotedV1>(
  'riparo.tickets.repair-noted.v1',
  'Staff added an internal note to the timeline of a repair; only for staff to learn of.',
  Joi.object<RepairNotedV1>({ ...repairEventFields, activityId: id.required() }),
);
