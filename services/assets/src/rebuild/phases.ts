import type { ExportedAppointment } from '@riparo/shared/contracts/exported-appointments';
import type { ExportedRepair } from '@riparo/shared/contracts/exported-repairs';
import type { ExportedTicket } from '@riparo/shared/contracts/exported-tickets';
import type { ExportedWorkReport } from '@riparo/shared/contracts/exported-work-reports';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import { pageFrom, type RestorePage } from '@riparo/shared/rebuild/run-rebuilds';
import type { SyncDeviceStatus } from '../asset/sync-device-status.js';
import type { HistoryStore } from '../history/history.store.js';
import { entriesOfAppointmentEvent, isFollowed, tellsBooking } from '../history/appointment-entries.js';
import { entriesOfExportedRepair } from '../history/repair-entries.js';
import { entriesOfExportedTicket } from '../history/ticket-entries.js';
import { toRepair } from '../replica/repair.js';
import type { Replicas } from '../replica/replicas.js';
import { toBooking } from '../replica/booking.js';
import { toTicket } from '../replica/ticket.js';
import { toWorkReport } from '../replica/work-report.js';
import type { RecordUse } from '../vehicle/log/record-use.js';
import type { RebuildPhase } from './rebuild.js';

export interface PhaseDeps extends Pick<Replicas, 'tickets' | 'repairs' | 'bookings' | 'workReports'> {
  readonly history: HistoryStore;
  readonly syncDeviceStatus: SyncDeviceStatus;
  readonly recordUse: RecordUse;
  readonly ticketsService: InternalClient;
}

/** How each kind of thing is made anew. */
export const createPhases = (deps: PhaseDeps): Readonly<Record<RebuildPhase, RestorePage>> => {
  const { tickets, repairs, bookings: visits, workReports, history, syncDeviceStatus, recordUse, ticketsService } = deps;
  return {
    TICKETS: pageFrom<ExportedTicket>(ticketsService, {
      path: '/internal/tickets',
      idOf: ({ ticket }) => ticket.id,
      restore: async (tenantId, exported, wrongBefore) => {
        const { ticket, version } = exported;
        await tickets.in(tenantId).restore(ticket.id, version, toTicket(ticket));
        await history.restore(tenantId, { kind: 'ticket', id: ticket.id }, entriesOfExportedTicket(exported), wrongBefore);
      },
    }),
    REPAIRS: pageFrom<ExportedRepair>(ticketsService, {
      path: '/internal/repairs',
      idOf: ({ repair }) => repair.id,
      restore: async (tenantId, exported, wrongBefore) => {
        const { repair, version } = exported;
        await repairs.in(tenantId).restore(repair.id, version, toRepair(repair));
        await history.restore(tenantId, { kind: 'repair', id: repair.id }, entriesOfExportedRepair(exported), wrongBefore);
        await syncDeviceStatus(tenantId, repair.id);
      },
    }),
    APPOINTMENTS: pageFrom<ExportedAppointment>(ticketsService, {
      path: '/internal/appointments',
      idOf: ({ id }) => id,
      restore: async (tenantId, { id, events }, wrongBefore) => {
        const last = events.filter(tellsBooking).at(-1);
        if (last === undefined) return;
        const { appointment } = last.data;
        await visits.in(tenantId).restore(id, last.aggregateversion, toBooking(appointment));
        if (appointment.type === 'ONSITE_VISIT') await recordUse(tenantId, { appointmentId: id });
        const told = events.filter(isFollowed);
        const entries = told.flatMap(entriesOfAppointmentEvent);
        // Only the last events are kept: where the first is missing, what it told is not wrong.
        if (told[0]?.aggregateversion === 1) await history.restore(tenantId, { kind: 'appointment', id }, entries, wrongBefore);
        else await history.add(tenantId, entries);
      },
    }),
    // After the appointments: the log of a vehicle tells of a visit what its report says.
    WORK_REPORTS: pageFrom<ExportedWorkReport>(ticketsService, {
      path: '/internal/work-reports',
      idOf: ({ workReport }) => workReport.id,
      restore: async (tenantId, { workReport, version }) => {
        const { id: workReportId, appointmentId } = workReport;
        await workReports.in(tenantId).restore(workReportId, version, toWorkReport(workReport));
        await recordUse(tenantId, { appointmentId, workReportId });
      },
    }),
  };
};
