import { REPORT_RHYTHMS, SENT_REPORTS } from '@riparo/shared/contracts/reports.events';
import { listOf, view } from '@riparo/shared/http/reference/answer';
import { count, flag, id, moment, oneOf, version } from '@riparo/shared/http/reference/answer-fields';

export const scheduleAnswer = view('ReportSchedule', 'A report that goes out by mail, again and again.', {
  id: id(),
  ownerUserId: id(),
  report: oneOf(SENT_REPORTS),
  every: oneOf(REPORT_RHYTHMS),
  hour: count().description('On the wall clock of the centre.'),
  recipients: listOf(id()).description('Users. Who may no longer read reports gets nothing.'),
  active: flag(),
  nextAt: moment().optional().description('Missing: it is not active.'),
  lastMadeAt: moment().optional().description('When it was made last. Missing: not yet.'),
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
});
