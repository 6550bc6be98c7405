import type { ExportedAppointment } from '@riparo/shared/contracts/exported-appointments';
import type { ExportedRepair } from '@riparo/shared/contracts/exported-repairs';
import type { ExportedTicket } from '@riparo/shared/contracts/exported-tickets';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { SyncDeviceStatus } from '../asset/sync-device-status.js';
import type { HistoryStore } from '../history/history.store.js';
import { entriesOfAppointmentEvent, isFollowed, tellsBooking } from '../history/appointment-entries.js';
import { entriesOfExportedRepair } from '../history/repair-entries.js';
import { entriesOfExportedTicket } from '../history/ticket-entries.js';
import { toRepair } from '../replica/repair.js';
import type { Replicas } from '../replica/replicas.js';
import { toBooking } from '../replica/booking.js';
import { toTicket } from '../replica/ticket.js';
import type { RecordUse } from '../vehicle/log/record-use.js';
import type { RebuildPhase } from './rebuild.js';

export interface PhaseDeps extends Pick<Replicas, 'tickets' | 'repairs' | 'bookings'> {
  readonly history: HistoryStore;
  readonly syncDeviceStatus: SyncDeviceStatus;
  readonly recordUse: RecordUse;
  readonly ticketsService: InternalClient;
}

interface PageAsk {
  readonly tenantId: string;
  readonly after: string | undefined;
  /** Entries that do not belong go if they are older. */
  readonly wrongBefore: Date;
}

/** Asks the owner for the next page and makes the copies of it anew. */
export type RestorePage = (ask: PageAsk) => Promise<{ readonly count: number; readonly last: string | undefined }>;

const PAGE = 50;

interface Source<T> {
  readonly path: string;
  readonly idOf: (told: T) => string;
  readonly restore: (tenantId: string, told: T, wrongBefore: Date) => Promise<void>;
}

const pageOf =
  <T>({ ticketsService }: PhaseDeps, { path, idOf, restore }: Source<T>): RestorePage =>
  async ({ tenantId, after, wrongBefore }) => {
    const query = new URLSearchParams({ tenantId, limit: String(PAGE), ...(after === undefined ? {} : { after }) });
    const page = await ticketsService.get<readonly T[]>(`${path}?${query.toString()}`);
    for (const told of page) await restore(tenantId, told, wrongBefore);
    const last = page.at(-1);
    return { count: page.length, last: last === undefined ? undefined : idOf(last) };
  };

/** How each kind of thing is made anew. */
export const createPhases = (deps: PhaseDeps): Readonly<Record<RebuildPhase, RestorePage>> => {
  const { tickets, repairs, bookings: visits, history, syncDeviceStatus, recordUse } = deps;
  return {
    TICKETS: pageOf<ExportedTicket>(deps, {
      path: '/internal/tickets',
      idOf: ({ ticket }) => ticket.id,
      restore: async (tenantId, exported, wrongBefore) => {
        const { ticket, version } = exported;
        await tickets.in(tenantId).restore(ticket.id, version, toTicket(ticket));
        await history.restore(tenantId, { kind: 'ticket', id: ticket.id }, entriesOfExportedTicket(exported), wrongBefore);
      },
    }),
    REPAIRS: pageOf<ExportedRepair>(deps, {
      path: '/internal/repairs',
      idOf: ({ repair }) => repair.id,
      restore: async (tenantId, exported, wrongBefore) => {
        const { repair, version } = exported;
        await repairs.in(tenantId).restore(repair.id, version, toRepair(repair));
        await history.restore(tenantId, { kind: 'repair', id: repair.id }, entriesOfExportedRepair(exported), wrongBefore);
        await syncDeviceStatus(tenantId, repair.id);
      },
    }),
    APPOINTMENTS: pageOf<ExportedAppointment>(deps, {
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
  };
};
