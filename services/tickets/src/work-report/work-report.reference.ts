import { WORK_REPORT_STATUSES } from '@riparo/shared/contracts/work-reports.events';
import { bytes, fields, one, pageOf, type OtherAnswer } from '@riparo/shared/http/reference/answer';
import { count, id, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import { joinProblems, STALE, type ProblemMembers, type Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { REPAIR_MEMBERS } from '../repair/repair.reference.js';
import { TICKET_MEMBERS } from '../ticket/ticket.reference.js';
import { listedWorkReportAnswer, publicWorkReportAnswer, signLinkAnswer, workReportAnswer } from './work-report.answer.js';

const WORK_REPORTS: Tag = { name: 'Work reports', about: 'What technicians found and did, and that the customer approved it.' };

const NOT_YOURS: Problems = { 403: ['WORK_REPORT_NOT_YOURS'] };
const STARTING = joinProblems(NOT_YOURS, {
  404: ['APPOINTMENT_NOT_FOUND'],
  409: ['WORK_REPORT_OPEN', 'APPOINTMENT_CANCELLED'],
});
const WRITING = joinProblems(NOT_YOURS, { 409: ['WORK_REPORT_NOT_OPEN'] });
const ANSWERING: Problems = { 409: ['WORK_REPORT_NOT_CLOSED', 'WORK_REPORT_CHANGED'] };
const APPROVING = joinProblems(NOT_YOURS, ANSWERING, {
  403: ['APPROVER_NOT_OF_CUSTOMER'],
  409: ['CUSTOMER_HAS_LOGIN'],
  413: ['PHOTO_TOO_MANY_PIXELS'],
});

const PAGE = bytes(['text/html']);
const inWords = (about: string): OtherAnswer => ({ about, answer: PAGE });
const ANSWERED = {
  409: inWords('The answer came too late, or the customer has a login: the page says which.'),
  422: inWords('The link is not valid, or something is missing: the page says which.'),
  503: inWords('The answer could not be kept just now: the page asks to try again.'),
};
const LINK: Problems = { 422: ['LINK_NOT_VALID'] };

const current = oneOf(WORK_REPORT_STATUSES);
const MEMBERS: ProblemMembers = {
  ...TICKET_MEMBERS,
  ...REPAIR_MEMBERS,
  WORK_REPORT_OPEN: fields({ workReportId: id().optional(), number: text().optional() }),
  WORK_REPORT_NOT_OPEN: fields({ current }),
  WORK_REPORT_NOT_CLOSED: fields({ current }),
  WORK_REPORT_CHANGED: fields({ reportVersion: count(), documentHash: text().description('Of the newest document.') }),
};

const publicReport = { answer: one(publicWorkReportAnswer) };
const report = { answer: one(workReportAnswer) };

export const WORK_REPORT_OPERATIONS = operations(
  WORK_REPORTS,
  {
    startTicketWorkReport: { ...report, problems: joinProblems(STARTING, { 409: ['TICKET_NOT_ACTIVE', 'TICKET_MERGED'] }) },
    startRepairWorkReport: { ...report, problems: joinProblems(STARTING, { 409: ['REPAIR_WORK_ENDED'] }) },
    listWorkReports: { answer: pageOf(listedWorkReportAnswer) },
    getWorkReport: report,
    updateWorkReport: { ...report, problems: joinProblems(WRITING, { 409: ['WORK_REPORT_OPEN'] }) },
    closeWorkReport: { ...report, problems: joinProblems(WRITING, STALE) },
    discardWorkReport: { ...report, problems: joinProblems(NOT_YOURS, STALE, { 409: ['WORK_REPORT_ALREADY_CLOSED'] }) },
    approveWorkReport: { ...report, problems: joinProblems(APPROVING, STALE) },
    disputeWorkReport: { ...report, problems: joinProblems(ANSWERING, STALE, { 409: ['WORK_REPORT_VERSIONS_FULL', 'TICKET_CLOSED'] }) },
    makeWorkReportSignLink: { answer: one(signLinkAnswer), problems: joinProblems(NOT_YOURS, { 409: ['WORK_REPORT_NOT_CLOSED'] }) },
    getWorkReportByLink: { ...publicReport, problems: LINK },
    getWorkReportPdfByLink: { answer: bytes(['application/pdf']), problems: LINK },
    approveWorkReportByLink: {
      ...publicReport,
      problems: joinProblems(LINK, ANSWERING, { 409: ['CUSTOMER_HAS_LOGIN'], 413: ['PHOTO_TOO_MANY_PIXELS'] }),
    },
    disputeWorkReportByLink: {
      ...publicReport,
      problems: joinProblems(LINK, ANSWERING, { 409: ['WORK_REPORT_VERSIONS_FULL', 'TICKET_CLOSED'] }),
    },
    getWorkReportSignPage: { answer: PAGE, others: { 422: inWords('The link is not valid or has expired: the page says so.') } },
    signWorkReportOnPage: { answer: PAGE, others: ANSWERED },
    disputeWorkReportOnPage: { answer: PAGE, others: ANSWERED },
    getWorkReportPdf: { answer: bytes(['application/pdf']), problems: { 404: ['WORK_REPORT_VERSION_NOT_FOUND'] } },
  },
  MEMBERS,
);
