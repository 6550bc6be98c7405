import type { Caller } from '@riparo/shared/contracts/caller';
import type { Money } from '@riparo/shared/contracts/money';
import { roleMay } from '@riparo/shared/contracts/permissions';
import type { Call, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import { getCashBook } from '../cash-book/get-cash-book.js';
import type { Dependencies } from '../dependencies.js';
import { equipmentQuery, getEquipmentReport } from '../equipment/get-equipment-report.js';
import type { AskedPeriod } from '../period.js';
import { getCompletedRepairs, getRefusedRepairs } from '../repair-report/get-repair-counts.js';
import { getRepairSummary } from '../repair-report/get-repair-summary.js';
import { getTechnicianReport } from '../technician-report/get-technician-report.js';
import { periodQuery } from '../tenant-period.js';
import { getTicketReport } from '../ticket-report/get-ticket-report.js';

interface ByDay {
  readonly byDay: readonly { readonly date: string; readonly count: number }[];
}
export interface SummaryData {
  readonly completed: number;
  readonly refused: number;
  readonly productionCost: readonly Money[];
  readonly revenue: readonly Money[];
  readonly byTechnician: readonly {
    readonly technicianId: string;
    readonly name: string;
    readonly processed: number;
    readonly completed: number;
    readonly refused: number;
    readonly medianHours: number | null;
  }[];
}
interface TimesData {
  readonly count: number;
  readonly medianMinutes: number | null;
  readonly p90Minutes: number | null;
}
interface KeptData {
  readonly kept: number;
  readonly breached: number;
}
export interface TicketData {
  readonly opened: number;
  readonly resolved: number;
  readonly closed: number;
  readonly reopened: number;
  readonly byDay: readonly { readonly date: string; readonly opened: number; readonly resolved: number }[];
  readonly firstResponse: TimesData;
  readonly resolution: TimesData;
  readonly sla: KeptData & { readonly firstResponse: KeptData };
  readonly backlog: { readonly open: number; readonly olderThan7Days: number; readonly olderThan30Days: number };
}
interface CashData {
  readonly payments: number;
  readonly received: Money;
  readonly refunds: number;
  readonly refunded: Money;
  readonly net: Money;
}
export interface PaymentData {
  readonly totals: readonly CashData[];
  readonly byMethod: readonly (CashData & { readonly method: string })[];
  readonly byDay: readonly (CashData & { readonly date: string })[];
}
export interface TechnicianData {
  readonly unassignedTickets: number;
  readonly technicians: readonly {
    readonly technicianId: string;
    readonly name: string;
    readonly openTickets: number;
    readonly overdueTickets: number;
    readonly resolved: number;
    readonly slaKept: number;
    readonly slaBreached: number;
    readonly tickets: readonly { readonly ticketNumber: string; readonly title: string }[];
  }[];
}
export interface EquipmentData {
  readonly failures: number;
  readonly modelCount: number;
  readonly models: readonly {
    readonly brand: string;
    readonly model: string;
    readonly count: number;
    readonly share: number;
    readonly repeats: number;
    readonly problems: readonly { readonly text: string; readonly count: number }[];
  }[];
}

/** What the page shows: the answers of the API's reports. */
export interface ReportData {
  readonly summary: SummaryData;
  readonly completed: ByDay;
  readonly refused: ByDay;
  readonly tickets: TicketData;
  readonly payments: PaymentData;
  readonly technicians: TechnicianData;
  /** Missing for whoever may not read failures. */
  readonly equipment?: EquipmentData;
}

type AnyCall = Call<unknown, never>;
type Make = (call: AnyCall) => Promise<Reply>;

const maker = <Q>(schema: Joi.ObjectSchema<Q>, make: (call: Call<unknown, Q>) => Promise<Reply>) => ({ schema, make: make as Make });

/** The reports that the page shows and that can be had as CSV from it, by the names of their API routes. */
const makersOf = (deps: Dependencies) => ({
  repairs: maker(periodQuery, getRepairSummary(deps)),
  completed: maker(periodQuery, getCompletedRepairs(deps)),
  refused: maker(periodQuery, getRefusedRepairs(deps)),
  tickets: maker(periodQuery, getTicketReport(deps)),
  payments: maker(periodQuery, getCashBook(deps)),
  technicians: maker(periodQuery, getTechnicianReport(deps)),
  equipment: maker(equipmentQuery, getEquipmentReport(deps)),
});
export type ReportName = keyof ReturnType<typeof makersOf>;

/** Asks a report as its API route does, with the defaults of its query. */
export type AskReport = (call: Call, name: ReportName, query: AskedPeriod & { readonly format: 'json' | 'csv' }) => Promise<Reply>;

export const createAskReport = (deps: Dependencies): AskReport => {
  const makers = makersOf(deps);
  return (call, name, query) => {
    const { schema, make } = makers[name];
    return make({ ...call, query: Joi.attempt(query, schema as Joi.ObjectSchema) as never });
  };
};

export const REPORT_NAMES: readonly ReportName[] = ['repairs', 'completed', 'refused', 'tickets', 'payments', 'technicians', 'equipment'];

/** Failures have a permission of their own. */
export const mayRead = ({ role }: Caller, name: ReportName): boolean => name !== 'equipment' || roleMay(role, 'read:failure-statistics');

export const readReports = async (ask: AskReport, call: Call, period: AskedPeriod): Promise<ReportData> => {
  const read = async <T>(name: ReportName): Promise<T> =>
    ((await ask(call, name, { ...period, format: 'json' })).body as { readonly data: T }).data;
  // One after the other: a page of a year may not hold up others more than its reports do.
  return {
    summary: await read<SummaryData>('repairs'),
    completed: await read<ByDay>('completed'),
    refused: await read<ByDay>('refused'),
    tickets: await read<TicketData>('tickets'),
    payments: await read<PaymentData>('payments'),
    technicians: await read<TechnicianData>('technicians'),
    ...(mayRead(call.caller, 'equipment') ? { equipment: await read<EquipmentData>('equipment') } : {}),
  };
};
