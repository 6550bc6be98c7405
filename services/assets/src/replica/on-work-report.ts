import type { WorkReportEventV1 } from '@riparo/shared/contracts/work-reports.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { EndReported } from '../part/reservation/end-reported.js';
import type { FollowOdometer } from '../vehicle/follow-odometer.js';
import type { RecordUse } from '../vehicle/log/record-use.js';
import type { Replicas } from './replicas.js';
import { toWorkReport } from './work-report.js';

interface Deps extends Pick<Replicas, 'workReports'> {
  readonly recordUse: RecordUse;
  readonly followOdometer: FollowOdometer;
  readonly endReported: EndReported;
}

/** The log, the kilometres and the reservations follow the copy of the report and not the event, so the copy comes first. */
export const onWorkReport =
  ({ workReports, recordUse, followOdometer, endReported }: Deps): EventHandler<WorkReportEventV1> =>
  async ({ tenantid, aggregateversion, data: { workReport, at, actorUserId } }) => {
    const copies = workReports.in(tenantid);
    const { id: workReportId, appointmentId } = workReport;
    await copies.keep(workReportId, aggregateversion, toWorkReport(workReport));
    const by = { at: new Date(at), userId: actorUserId };
    await recordUse(tenantid, { appointmentId, workReportId });
    const report = await copies.find(workReportId);
    if (report !== undefined) await followOdometer(tenantid, report, by);
    await endReported(tenantid, workReportId, by);
  };
