import { REPAIR_STATUSES, TICKET_PRIORITIES } from '@riparo/shared/contracts/enums';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { calendarDay, count } from '@riparo/shared/http/reference/answer-fields';
import { technicianResultAnswer } from '../outcome/results.answer.js';
import { outcomeFields } from '../repair-report/repair-report.answer.js';
import { timeZone } from '../report.answer.js';
import { backlogFields, eventCounts, firstResponse, resolutionFields, tallyOf } from '../ticket-report/ticket-report.answer.js';

/** `repairs-today.ts` */
const repairs = fields({
  today: fields({ received: count(), ...outcomeFields }),
  now: fields({
    open: count(),
    unassigned: count().description('Without a technician while there is work to do.'),
    heldUp: count().description('Waiting for parts, on hold or delayed.'),
    readyForPickup: count(),
    byStatus: fields(Object.fromEntries(REPAIR_STATUSES.map((status) => [status, count().optional()]))).description(
      'Open repairs. A status that none has is missing.',
    ),
  }),
});

export const dashboardAnswer = view('Dashboard', "Today's figures of the centre.", {
  date: calendarDay(),
  timeZone: timeZone(),
  today: fields({ ...eventCounts, firstResponse, ...resolutionFields, resolvedByTechnician: listOf(technicianResultAnswer) }),
  now: fields({
    ...backlogFields,
    unassigned: count(),
    waitingForCustomer: count(),
    dueToday: count().description('Due later today.'),
    overdue: count(),
    byPriority: tallyOf(TICKET_PRIORITIES),
  }).description('Open tickets.'),
  repairs,
});
