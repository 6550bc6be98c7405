import { SUBJECT_KINDS } from '@riparo/shared/contracts/appointments.events';
import { APPOINTMENT_TYPES } from '@riparo/shared/contracts/enums';
import { fields, view } from '@riparo/shared/http/reference/answer';
import { id, moment, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import { HISTORY_TYPES } from './history.js';

const person = fields({ id: id(), name: text().optional() });

export const historyEntryAnswer = view('AssetHistoryEntry', 'One thing that happened to a device.', {
  id: text(),
  at: moment(),
  type: oneOf(HISTORY_TYPES),
  by: person.optional().description('Who did it; missing: the system, or unknown.'),
  assignedTo: person.optional().description('The technician.'),
  ticket: fields({ id: id(), ticketNumber: text(), title: text() }).optional(),
  repair: fields({ id: id(), number: text() }).optional(),
  appointment: fields({
    id: id(),
    type: oneOf(APPOINTMENT_TYPES),
    scheduledStartAt: moment(),
    scheduledEndAt: moment(),
    about: fields({ kind: oneOf(SUBJECT_KINDS), id: id(), number: text() })
      .optional()
      .description('The ticket or repair; old entries do not say it.'),
  })
    .optional()
    .description('As it was then.'),
  problem: text().optional().description('What was wrong when the device was taken in.'),
  resolution: text().optional().description('What was done, or why a repair was refused.'),
  from: text().optional().description('The old value: a status, a time, a ticket number, or an id whose name is `fromName`.'),
  fromName: text().optional(),
  to: text().optional().description('The new value, of the same kind as `from`.'),
  toName: text().optional(),
});
