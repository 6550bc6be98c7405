import { listOf, view } from '@riparo/shared/http/reference/answer';
import { count, id, moment } from '@riparo/shared/http/reference/answer-fields';
import { resultFields, satisfactionAnswer } from '../outcome/results.answer.js';
import { periodAnswer } from '../report.answer.js';

const workload = view('TechnicianWorkload', 'What a technician has to do now, and what they resolved in the period.', {
  technicianId: id(),
  openTickets: count(),
  overdueTickets: count(),
  oldestTicketAt: moment().allow(null).description('When the oldest open ticket was opened.'),
  ...resultFields,
  satisfaction: satisfactionAnswer,
});

export const technicianReportAnswer = view('TechnicianReport', 'Workload now, and results of a period, by technician.', {
  period: periodAnswer,
  unassignedTickets: count(),
  technicians: listOf(workload),
});
