import { langQuery } from '@riparo/shared/http/page';
import { action, create, get, patch, type Route } from '@riparo/shared/http/route';
import { approveBody, approveWorkReport } from './approval/approve-work-report.js';
import { disputeBody, disputeWorkReport } from './approval/dispute-work-report.js';
import { closeWorkReport } from './closing/close-work-report.js';
import type { WorkReportDeps } from './dependencies.js';
import { documentQuery, getReportPdf } from './document/get-document.js';
import { discardBody, discardWorkReport } from './draft/discard-work-report.js';
import { editWorkReport } from './draft/edit-work-report.js';
import { makeSignLink } from './link/make-sign-link.js';
import {
  approveReportByLink,
  disputeReportByLink,
  getReportByLink,
  getReportPdfByLink,
  reportLinkParams,
  sendBackByLinkBody,
  signByLinkBody,
} from './link/report-link.js';
import { disputeOnPage, disputePageForm, getSignPage, signOnPage, signPageForm, signPageParams } from './link/sign-page.js';
import { getWorkReport, listWorkReports, listWorkReportsQuery } from './list-work-reports.js';
import { startWorkReport } from './start/start-work-report.js';
import { WORK_REPORT_OPERATIONS } from './work-report.reference.js';
import { newReportBody, reportEditBody } from './work-report.schema.js';

const writingRoutes = (deps: WorkReportDeps): readonly Route[] => [
  create(
    '/tickets/:id/work-reports',
    'write:work-reports',
    'Begins a report of the work on a ticket, with what is known of the visit.',
    { body: newReportBody },
    startWorkReport(deps, 'TICKET'),
    WORK_REPORT_OPERATIONS.startTicketWorkReport,
  ),
  create(
    '/repairs/:id/work-reports',
    'write:work-reports',
    'Begins a report of the work on a repair.',
    { body: newReportBody },
    startWorkReport(deps, 'REPAIR'),
    WORK_REPORT_OPERATIONS.startRepairWorkReport,
  ),
  patch(
    '/work-reports/:id',
    'write:work-reports',
    'Writes in a report that is a draft or was sent back.',
    { body: reportEditBody },
    editWorkReport(deps),
    WORK_REPORT_OPERATIONS.updateWorkReport,
  ),
  action(
    '/work-reports/:id/close',
    'write:work-reports',
    'Closes the report: checks it, counts what it costs and makes the document that the customer approves.',
    {},
    closeWorkReport(deps),
    WORK_REPORT_OPERATIONS.closeWorkReport,
  ),
  action(
    '/work-reports/:id/discard',
    'write:work-reports',
    'Discards a draft that was never closed.',
    { body: discardBody },
    discardWorkReport(deps),
    WORK_REPORT_OPERATIONS.discardWorkReport,
  ),
];

const answeringRoutes = (deps: WorkReportDeps): readonly Route[] => [
  action(
    '/work-reports/:id/approve',
    'approve:work-reports',
    'Approves exactly the document that was read: with a password, a drawn signature, or taken down by the desk.',
    { body: approveBody },
    approveWorkReport(deps),
    { ...WORK_REPORT_OPERATIONS.approveWorkReport, creates: true },
  ),
  action(
    '/work-reports/:id/dispute',
    'dispute:work-reports',
    'Sends a closed report back to the technician, who writes the next version.',
    { body: disputeBody },
    disputeWorkReport(deps),
    WORK_REPORT_OPERATIONS.disputeWorkReport,
  ),
];

const readingRoutes = (deps: WorkReportDeps): readonly Route[] => [
  get(
    '/work-reports',
    'read:work-reports',
    'Lists reports of work: customers theirs once they were closed, technicians those that they write, the desk all.',
    { query: listWorkReportsQuery },
    listWorkReports(deps),
    WORK_REPORT_OPERATIONS.listWorkReports,
  ),
  get(
    '/work-reports/:id',
    'read:work-reports',
    'Returns a report with a summary of every version.',
    {},
    getWorkReport(deps),
    WORK_REPORT_OPERATIONS.getWorkReport,
  ),
  get(
    '/work-reports/:id/report.pdf',
    'read:work-reports',
    'Returns the newest document, once approved with a page about the approval; with `version` that one as it was closed.',
    { query: documentQuery },
    getReportPdf(deps),
    WORK_REPORT_OPERATIONS.getWorkReportPdf,
  ),
];

const linkRoutes = (deps: WorkReportDeps): readonly Route[] => [
  action(
    '/work-reports/:id/sign-link',
    'write:work-reports',
    'Makes a link with which a customer without a login signs the closed report.',
    {},
    makeSignLink(deps),
    WORK_REPORT_OPERATIONS.makeWorkReportSignLink,
  ),
  get(
    '/public/work-reports/:token',
    'public',
    'Returns the version of a work report that a link is for.',
    { params: reportLinkParams },
    getReportByLink(deps),
    WORK_REPORT_OPERATIONS.getWorkReportByLink,
  ),
  get(
    '/public/work-reports/:token/report.pdf',
    'public',
    'Returns the document that the link is for, exactly as it was closed.',
    { params: reportLinkParams },
    getReportPdfByLink(deps),
    WORK_REPORT_OPERATIONS.getWorkReportPdfByLink,
  ),
  action(
    '/public/work-reports/:token/approve',
    'public',
    'Signs the report without signing in, where the customer has no login.',
    { params: reportLinkParams, body: signByLinkBody },
    approveReportByLink(deps),
    WORK_REPORT_OPERATIONS.approveWorkReportByLink,
  ),
  action(
    '/public/work-reports/:token/dispute',
    'public',
    'Sends the report back without signing in, with the name that was typed.',
    { params: reportLinkParams, body: sendBackByLinkBody },
    disputeReportByLink(deps),
    WORK_REPORT_OPERATIONS.disputeWorkReportByLink,
  ),
];

const pageRoutes = (deps: WorkReportDeps): readonly Route[] => [
  get(
    '/sign/:token',
    'public',
    'Shows a work report as a web page on which a customer without a login signs it.',
    { params: signPageParams, query: langQuery },
    getSignPage(deps),
    { ...WORK_REPORT_OPERATIONS.getWorkReportSignPage, page: true },
  ),
  action(
    '/sign/:token/approve',
    'public',
    'Takes the form of that page with the signature.',
    { params: signPageParams, query: langQuery, body: signPageForm },
    signOnPage(deps),
    { ...WORK_REPORT_OPERATIONS.signWorkReportOnPage, page: true },
  ),
  action(
    '/sign/:token/dispute',
    'public',
    'Takes the form of that page that sends the report back.',
    { params: signPageParams, query: langQuery, body: disputePageForm },
    disputeOnPage(deps),
    { ...WORK_REPORT_OPERATIONS.disputeWorkReportOnPage, page: true },
  ),
];

export const workReportRoutes = (deps: WorkReportDeps): readonly Route[] => [
  ...writingRoutes(deps),
  ...answeringRoutes(deps),
  ...readingRoutes(deps),
  ...linkRoutes(deps),
  ...pageRoutes(deps),
];
