import type { PublishedWorkReport, WorkReportEventV1 } from '@riparo/shared/contracts/work-reports.events';
import { compact } from '@riparo/shared/json/compact';
import type { TemplateKey } from '../template/template.js';
import type { Target } from './notification.js';
import type { Notice, NoticesOf } from './ticket-notices.js';

type Data = Readonly<Record<string, unknown>>;

const dataOf = ({ id, number, reportVersion, ticketId, subjectNumber, solution, total, customerId }: PublishedWorkReport): Data =>
  compact({
    number,
    newer: reportVersion > 1 ? true : undefined,
    forTicket: ticketId === undefined ? undefined : true,
    workNumber: subjectNumber,
    work: solution,
    // Nothing is written of a sum where nothing is charged.
    total: total === undefined || total.amount === 0 ? undefined : total,
    customerId,
    reportId: id,
    reportVersion,
  });

/** With the link that shows the document, and takes the signature of whoever has no login. */
const toCustomer = (workReport: PublishedWorkReport, template: TemplateKey, at: string, except?: string): Notice => {
  const { customerId, contactUserId } = workReport;
  return {
    purpose: 'customer',
    template,
    targets: [compact({ kind: 'customer' as const, customerId, authorUserId: contactUserId, exceptUserId: except })],
    data: { ...dataOf(workReport), reportFrom: at },
  };
};

/** To everybody who worked; the desk stands in for somebody who cannot act any more. */
const toTechnicians = (workReport: PublishedWorkReport, template: TemplateKey, actorUserId: string | undefined, more: Data): Notice => ({
  purpose: 'staff',
  template,
  targets: workReport.technicianIds
    .filter((technicianId) => technicianId !== actorUserId)
    .map((technicianId): Target => ({ kind: 'desk', standsInFor: technicianId })),
  data: { ...dataOf(workReport), path: `/work-reports/${workReport.id}`, ...more },
});

/** Whoever has it is asked to approve it. */
export const notifyReportClosed: NoticesOf<WorkReportEventV1> = ({ data: { workReport, at } }) => [
  toCustomer(workReport, 'work-report-closed', at),
];

/** The customer keeps the link to what was approved; who worked learns that the work can be finished. */
export const notifyReportApproved: NoticesOf<WorkReportEventV1> = ({ data: { workReport, at, actorUserId } }) => [
  toCustomer(workReport, 'work-report-approved', at),
  toTechnicians(workReport, 'work-report-answered-staff', actorUserId, { approved: true, by: workReport.approval?.name }),
];

export const notifyReportDisputed: NoticesOf<WorkReportEventV1> = ({ data: { workReport, actorUserId } }) => [
  toTechnicians(workReport, 'work-report-answered-staff', actorUserId, { reason: workReport.dispute?.reason }),
];
